import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useLocation } from 'wouter';
import type { TakenVideoBody } from '../../src/delivery/videos/video-shape.js';
import { errorText } from '../api/api-error.js';
import { samplesQuery } from '../api/queries.js';
import { request } from '../api/request.js';
import { useTicketed } from '../api/tickets.js';
import { Notice } from '../parts/notice.js';

/** The sample videos: one click takes one in and opens it. */
export function SampleGrid() {
  const { data } = useQuery(samplesQuery);
  const client = useQueryClient();
  const [, go] = useLocation();
  const take = useMutation({
    mutationFn: (name: string) => request<TakenVideoBody>(`/v1/samples/${name}`, { method: 'POST' }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['videos'] });
      go(`/videos/${id}`);
    },
  });
  return (
    <>
      {take.error !== null && <Notice tone="bad">{errorText(take.error)}</Notice>}
      <ul className="sample-grid" aria-label="Samples">
        {data?.samples.map(({ name, title, media_url }) => (
          <li key={name}>
            <button
              type="button"
              className="card sample"
              disabled={take.isPending}
              onClick={() => {
                take.mutate(name);
              }}
            >
              <span className="thumb">
                <SampleFilm url={media_url} />
              </span>
              <span className="about">
                {title}
                <ArrowRight size={16} aria-hidden />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Stands still until it is pointed at. */
function SampleFilm({ url }: { readonly url: string }) {
  const source = useTicketed(`${url}#t=5`, '');
  if (source === null) return null;
  return (
    <video
      src={source}
      muted
      loop
      playsInline
      preload="metadata"
      tabIndex={-1}
      aria-hidden
      onPointerEnter={({ currentTarget }) => {
        currentTarget.play().catch(() => undefined); // the pointer left before it began
      }}
      onPointerLeave={({ currentTarget }) => {
        currentTarget.pause();
      }}
    />
  );
}
