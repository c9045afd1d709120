import type { Figures } from './figures.js';

export interface Drop {
  readonly reason: string;
  /** What is counted. */
  readonly unit: 'windows' | 'requests' | 'events' | 'clients';
  /** One sentence for people: why, and what helps. */
  readonly why: string;
  readonly count: (figures: Figures) => number;
}

/** Everything that the server leaves out, and why; docs/metrics.md shows the reasons. */
export const DROPS: readonly Drop[] = [
  {
    reason: 'busy',
    unit: 'windows',
    why: 'A newer window of the stream came while the model was busy: look at fewer streams, or less often.',
    count: ({ streamCounts }) => streamCounts.droppedBusy,
  },
  {
    reason: 'still',
    unit: 'windows',
    why: 'Nothing moved: the motion gate of the plan was shut.',
    count: ({ streamCounts }) => streamCounts.skippedStill,
  },
  {
    reason: 'schedule',
    unit: 'windows',
    why: 'The schedule of the plan does not have this time.',
    count: ({ streamCounts }) => streamCounts.skippedSchedule,
  },
  {
    reason: 'queue_full',
    unit: 'requests',
    why: 'The queue of the model had no room: ask later, or raise PALISTREAM_MAX_WAITING or PALISTREAM_WAITING_MB.',
    count: ({ model }) => model.queue.refused.question + model.queue.refused.routine,
  },
  {
    reason: 'deadline',
    unit: 'requests',
    why: 'The request reached its deadline before the model had time for it.',
    count: ({ model }) => model.queue.expired.question + model.queue.expired.routine,
  },
  {
    reason: 'slow_client',
    unit: 'events',
    why: 'Partial texts were left out for clients that read too slowly; they were told.',
    count: ({ live }) => live.passingDropped,
  },
  {
    reason: 'client_cut_off',
    unit: 'clients',
    why: 'A client read so slowly that more waited for it than may: it can resume by number.',
    count: ({ live }) => live.tooSlow,
  },
  {
    reason: 'client_too_hasty',
    unit: 'clients',
    why: 'A client sent too many messages.',
    count: ({ live }) => live.tooManyMessages,
  },
];
