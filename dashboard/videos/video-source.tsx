import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { VideoWithJobsBody } from '../../src/delivery/videos/video-shape.js';
import { errorText } from '../api/api-error.js';
import { request } from '../api/request.js';
import { Bar } from '../parts/bar.js';
import { Notice } from '../parts/notice.js';

/** The address of what is played: the file itself, or the copy every browser plays; null while there is none. */
export function playedPath({ playable, proxy, media_url, id }: VideoWithJobsBody): string | null {
  if (playable) return media_url;
  return proxy.state === 'ready' ? `/v1/videos/${id}/proxy` : null;
}

/** Stands where a film cannot be played as it is, and has a copy made. */
export function ProxyOffer({ video }: { readonly video: VideoWithJobsBody }) {
  const { id, proxy, container, codec } = video;
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () => request(`/v1/videos/${id}/proxy`, { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['videos', id], exact: true }),
  });
  const isMaking = proxy.state === 'waiting' || proxy.state === 'making';
  return (
    <div className="proxy-offer">
      <p>
        Browsers do not play {container.split(',')[0]} with {codec}. What is seen in it is told all the same.
      </p>
      {isMaking ? (
        <div className="stack" style={{ width: 'min(100%, 300px)' }}>
          <p className="small">Making a copy they play…</p>
          <Bar label="Copy for browsers" share={proxy.state === 'making' ? proxy.progress : 0} />
        </div>
      ) : (
        <button
          type="button"
          className="button primary"
          disabled={make.isPending}
          onClick={() => {
            make.mutate();
          }}
        >
          Make a copy they play
        </button>
      )}
      {proxy.state === 'failed' && <Notice tone="bad">{proxy.message}</Notice>}
      {make.error !== null && <Notice tone="bad">{errorText(make.error)}</Notice>}
    </div>
  );
}
