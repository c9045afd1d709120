import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
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

const VIDEOS_PAGE = 24;

/** All videos, page by page, the newest first; looked at often while one of them is worked on. */
export const videoPagesQuery = infiniteQueryOptions({
  queryKey: ['videos', 'list', 'pages'],
  queryFn: ({ pageParam, signal }) => videosPage(VIDEOS_PAGE, pageParam, signal),
  initialPageParam: 0,
  getNextPageParam: ({ total }, pages) => {
    const offset = pages.length * VIDEOS_PAGE;
    return offset < total ? offset : undefined;
  },
  select: ({ pages }): VideoListBody => {
    const videos = pages.flatMap((page) => page.videos);
    // One that has come between two pages moves another into both.
    const eachOnce = new Map(videos.map((video) => [video.id, video]));
    return { total: pages.at(-1)?.total ?? 0, videos: [...eachOnce.values()] };
  },
  refetchInterval: ({ state }) => {
    const pages = state.data?.pages ?? [];
    const isActive = pages.some(({ videos }) =>
      videos.some(({ job }) => job?.state === 'queued' || job?.state === 'running'),
    );
    return (isActive ? ACTIVE_MS : QUIET_MS) * Math.max(1, pages.length); // each page is a request
  },
});

/** So many of the newest videos. */
export function videosQuery(limit: number) {
  return queryOptions({
    queryKey: ['videos', 'list', limit],
    queryFn: ({ signal }) => videosPage(limit, 0, signal),
    refetchInterval: QUIET_MS,
  });
}

function videosPage(limit: number, offset: number, signal: AbortSignal): Promise<VideoListBody> {
  return request(`/v1/videos?limit=${limit}&offset=${offset}`, { signal });
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
