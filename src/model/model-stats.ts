import type { VisionStats } from '../vision/vision-stats.js';
import type { HistogramCounts } from '../shared/histogram.js';
import type { Priority } from './request-terms.js';

type ByPriority<T> = Readonly<Record<Priority, T>>;

/** The queue in front of a model; totals are since the model was opened. */
export interface QueueStats {
  readonly waiting: ByPriority<number>;
  /** Of the pictures of what waits. */
  readonly waitingBytes: number;
  readonly running: number;
  /** Of the frames, prompts and answers of what runs. */
  readonly runningTokens: number;
  /** Begun; those tried again count once. */
  readonly started: ByPriority<number>;
  readonly finished: number;
  /** Ended with an error, whosever fault. */
  readonly failed: number;
  /** Taken back by the caller, before or after they were begun. */
  readonly cancelled: number;
  /** For want of room. */
  readonly refused: ByPriority<number>;
  /** Reached their deadline before they were begun. */
  readonly expired: ByPriority<number>;
  /** Requests tried again because the process died. */
  readonly retries: number;
  /** How many requests ran together when one was begun, by their number. */
  readonly together: Readonly<Record<number, number>>;
  /** From the request to its beginning, seconds. */
  readonly waitSeconds: ByPriority<HistogramCounts>;
  /** From the request to its end, seconds; answers only. */
  readonly totalSeconds: ByPriority<HistogramCounts>;
}

/** What an engine has done since it was opened. */
export interface EngineStats {
  readonly vision: VisionStats;
  readonly decoder: {
    /** Runs of the decoder's graph: a prefix, or a step of all sequences that go on together. */
    readonly runs: number;
  };
}

export interface ProcessStats {
  readonly state: 'opening' | 'ready' | 'restarting' | 'closed';
  /** Forked again after a death. */
  readonly restarts: number;
  /** Killed because it hung; its deaths are among the restarts too. */
  readonly hangs: number;
  /** Memory of the process now; null before its first pulse. */
  readonly residentBytes: number | null;
}

/** All there is to know of a model at work: plain data, for metrics. */
export interface ModelStats {
  readonly queue: QueueStats;
  readonly process: ProcessStats;
  /** Totals over all lives of the process; what the cache holds is of this life. */
  readonly engine: EngineStats;
  /** Steps told; with `engine.decoder.runs` the tokens a run. */
  readonly tokens: number;
  /** Seconds of each stage of an answer; requests that share the model wait for each other within a stage. */
  readonly stageSeconds: Readonly<Record<'encode' | 'prefill' | 'decode', HistogramCounts>>;
}
