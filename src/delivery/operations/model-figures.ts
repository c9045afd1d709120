import type { HistogramCounts } from '../../shared/histogram.js';

interface ByPriority<T> {
  readonly question: T;
  readonly routine: T;
}

/** What is told of a model at work; the composition root fills it in from the model process. */
export interface ModelFigures {
  readonly queue: {
    readonly waiting: ByPriority<number>;
    readonly waitingBytes: number;
    readonly running: number;
    readonly runningTokens: number;
    readonly started: ByPriority<number>;
    readonly finished: number;
    readonly failed: number;
    readonly cancelled: number;
    readonly refused: ByPriority<number>;
    readonly expired: ByPriority<number>;
    readonly retries: number;
    /** From the request to its beginning, seconds. */
    readonly waitSeconds: ByPriority<HistogramCounts>;
  };
  readonly process: {
    readonly restarts: number;
    readonly hangs: number;
    /** Null before its first sign of life. */
    readonly residentBytes: number | null;
  };
  readonly engine: {
    readonly vision: {
      readonly passes: number;
      readonly frames: number;
      readonly cache: {
        readonly hits: number;
        readonly misses: number;
        readonly reused: number;
        readonly bytes: number;
        readonly maxBytes: number;
        readonly entries: number;
      };
    };
  };
  readonly tokens: number;
  readonly stageSeconds: Readonly<Record<'encode' | 'prefill' | 'decode', HistogramCounts>>;
}
