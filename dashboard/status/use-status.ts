import { useQuery } from '@tanstack/react-query';
import type { StatusBody } from '../../src/delivery/operations/status-shape.js';
import { request } from '../api/request.js';
import { type StatusSample, statusSample } from './status-history.js';

const EVERY_MS = 2000;
/** Five minutes. */
const MOST_SAMPLES = 150;

/** Kept while other views are looked at. */
let kept: readonly StatusSample[] = [];

export interface WatchedStatus {
  readonly status: StatusBody | undefined;
  readonly error: Error | null;
  /** The oldest first. */
  readonly samples: readonly StatusSample[];
}

/** How the server is, again and again, and how it was since this page looks. */
export function useStatus(): WatchedStatus {
  const { data, error } = useQuery({
    queryKey: ['status'],
    queryFn: async ({ signal }) => {
      const status = await request<StatusBody>('/v1/status', { signal });
      kept = [...kept, statusSample(status, Date.now() / 1000)].slice(-MOST_SAMPLES);
      return { status, samples: kept };
    },
    refetchInterval: EVERY_MS,
  });
  return { status: data?.status, error, samples: data?.samples ?? kept };
}
