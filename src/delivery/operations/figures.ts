import type { StreamCounts } from '../../pipeline/stream-engine.js';
import type { JobState } from '../../store/job.js';
import type { RouteCounts } from '../http/request-counts.js';
import type { ModelState } from '../served-model.js';
import type { ModelFigures } from './model-figures.js';
import type { StageLatency } from './recent-latency.js';
import type { StageCounts } from './stages.js';

/** `stopped` is kept and does not run. */
export const STREAM_STATES = ['connecting', 'live', 'stalled', 'retrying', 'stopped'] as const;
export type StreamStateName = (typeof STREAM_STATES)[number];

export interface EventLoopDelay {
  readonly p50Seconds: number;
  readonly p99Seconds: number;
  readonly maxSeconds: number;
}

/** All that is told of a server at work, at one moment; totals are since it was started. */
export interface Figures {
  readonly startedMs: number;
  readonly nowMs: number;
  readonly modelState: ModelState;
  readonly model: ModelFigures;
  readonly stages: StageCounts;
  /** Over the last minutes. */
  readonly latencies: readonly StageLatency[];
  readonly latencySeconds: number;
  /** Kept events that were told, by their kind. */
  readonly events: ReadonlyMap<string, number>;
  readonly requests: readonly RouteCounts[];
  readonly jobs: Readonly<Record<JobState, number>>;
  readonly streams: Readonly<Record<StreamStateName, number>>;
  readonly streamCounts: StreamCounts;
  readonly live: {
    readonly sockets: number;
    readonly eventStreams: number;
    readonly waitingBytes: number;
    readonly passingDropped: number;
    readonly tooSlow: number;
    readonly tooManyMessages: number;
  };
  readonly ffmpeg: { readonly processes: number; readonly residentBytes: number };
  readonly server: { readonly residentBytes: number; readonly heapBytes: number };
  /** Null in the first seconds. */
  readonly eventLoop: EventLoopDelay | null;
  readonly store: {
    readonly bytes: number;
    readonly videoBytes: number;
    /** Null where the system does not tell. */
    readonly diskFreeBytes: number | null;
  };
}
