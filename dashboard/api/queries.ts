import { queryOptions } from '@tanstack/react-query';
import type { ModelListBody } from '../../src/delivery/model-list-body.js';
import type { SampleListBody } from '../../src/delivery/samples/sample-list-shape.js';
import type { SearchBody } from '../../src/delivery/search-shape.js';
import type { StreamBody, StreamListBody } from '../../src/delivery/streams/stream-shape.js';
import type { VideoListBody, VideoWithJobsBody } from '../../src/delivery/videos/video-shape.js';
import { request } from './request.js';

const ACTIVE_MS = 1000;
const QUIET_MS = 15_000;

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => request<ModelListBody>('/v1/models', { signal }),
  refetchInterval: ({ state }) =>
    state.data?.data.some(({ ready }) => ready) === true ? QUIET_MS : ACTIVE_MS,
});

export const samplesQuery = queryOptions({
  queryKey: ['samples'],
  queryFn: ({ signal }) => request<SampleListBody>('/v1/samples', { signal }),
  staleTime: Infinity,
});

/** The newest videos; looked at often while one of them is worked on. */
export function videosQuery(limit: number) {
  return queryOptions({
    queryKey: ['videos', 'list', limit],
    queryFn: ({ signal }) => request<VideoListBody>(`/v1/videos?limit=${limit}`, { signal }),
    refetchInterval: ({ state }) => {
      const isActive = state.data?.videos.some(
        ({ job }) => job?.state === 'queued' || job?.state === 'running',
      );
      return isActive === true ? ACTIVE_MS : QUIET_MS;
    },
    placeholderData: (previous) => previous,
  });
}

export function videoQuery(id: string) {
  return queryOptions({
    queryKey: ['videos', id],
    queryFn: ({ signal }) => request<VideoWithJobsBody>(`/v1/videos/${id}`, { signal }),
    refetchInterval: ({ state }) => {
      const proxy = state.data?.proxy.state;
      return proxy === 'waiting' || proxy === 'making' ? ACTIVE_MS : false;
    },
  });
}

export const streamsQuery = queryOptions({
  queryKey: ['streams', 'list'],
  queryFn: ({ signal }) => request<StreamListBody>('/v1/streams?limit=100', { signal }),
  refetchInterval: 5000,
});

export function streamQuery(id: string) {
  return queryOptions({
    queryKey: ['streams', id],
    queryFn: ({ signal }) => request<StreamBody>(`/v1/streams/${id}`, { signal }),
    refetchInterval: 5000,
  });
}

export interface SearchTerms {
  readonly words: string;
  readonly kinds: string;
  readonly order: 'best' | 'newest';
}

export const SEARCH_PAGE = 24;

export function searchPage({ words, kinds, order }: SearchTerms, offset: number, signal: AbortSignal) {
  const query = new URLSearchParams({ q: words, order, limit: String(SEARCH_PAGE), offset: String(offset) });
  if (kinds !== '') query.set('kinds', kinds);
  return request<SearchBody>(`/v1/search?${query.toString()}`, { signal });
}
