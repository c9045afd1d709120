import type { Model } from '../model/model.js';
import { DEFAULT_QUEUE_LIMITS } from '../model/queue-limits.js';
import type { FfmpegTools } from '../source/ffmpeg-program.js';
import { CameraPool } from '../source/live/camera-pool.js';
import { type Clock, systemClock } from '../source/live/clock.js';
import { LIVE_LIMITS, type LiveLimits } from '../source/live/live-limits.js';
import type { LivePolicy } from '../source/live/live-policy.js';
import type { LiveSource } from '../source/live/live-source.js';
import { openTarget } from '../source/live/open-target.js';
import { RetryableError } from '../shared/errors.js';
import { checkStreamPlan } from './check-stream-plan.js';
import { RunningStream } from './running-stream.js';
import type { LiveStream, StreamEngine } from './stream-engine.js';
import type { StreamPlan } from './stream-plan.js';
import { TurnQueue } from './turn-queue.js';

export interface StreamEngineOptions {
  /** Must have been open once: its picture size is that of the frames. */
  readonly model: Model;
  readonly tools: FfmpegTools;
  /** Which sources may be opened; `allowListed([...])` for those that are named. */
  readonly policy: LivePolicy;
  /** Most bytes of frames kept for questions, for each source; 32 MiB by default: 200 frames of 224 pixels. */
  readonly memoryBytes?: number | undefined;
  /**
   * How many windows of all streams are at the model at a time, questions not counted; by default as many as its
   * queue runs together.
   */
  readonly parallelWindows?: number | undefined;
  readonly limits?: Partial<LiveLimits> | undefined;
  readonly clock?: Clock | undefined;
  /** 0 to 1, for the jitter of waits. */
  readonly random?: (() => number) | undefined;
}

const MEMORY_BYTES = 32 * 1024 * 1024;

/** Opens an engine for live streams; whoever opened it closes it. Nothing runs before the first stream. */
export function openStreamEngine(options: StreamEngineOptions): StreamEngine {
  const { model, tools, policy } = options;
  const pool = new CameraPool({
    program: tools.ffmpeg,
    size: model.info.imageSize,
    limits: { ...LIVE_LIMITS, ...options.limits },
    memoryBytes: options.memoryBytes ?? MEMORY_BYTES,
    policy,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  });
  const turns = new TurnQueue(options.parallelWindows ?? DEFAULT_QUEUE_LIMITS.maxBatch - 1);
  const streams = new Set<RunningStream>();
  const stopping = new Set<Promise<void>>();
  let started = 0;
  let isClosed = false;

  const start = async (source: LiveSource | string, plan: StreamPlan): Promise<LiveStream> => {
    checkStreamPlan(plan);
    const named = typeof source === 'string' ? { url: source } : source;
    const target = await openTarget(named, policy);
    if (isClosed) {
      throw new RetryableError(
        'stream_engine_closed',
        'the server is shutting down: start the stream again later',
      );
    }
    const share = pool.take(target, named.maxAttempts ?? null);
    const id = `stream-${++started}`;
    const stream: RunningStream = new RunningStream({
      ...{ id, share, model, plan, turns, shownUrl: target.shownUrl },
      onOver: () => {
        streams.delete(stream);
        const released = share.release().finally(() => stopping.delete(released));
        stopping.add(released);
      },
    });
    streams.add(stream);
    // After the turn: whoever called has subscribed by then.
    setImmediate(() => {
      stream.begin();
    });
    return stream;
  };

  return {
    start,
    streams,
    get processes() {
      return pool.processes;
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...streams].map((stream) => stream.stop()));
      await Promise.all(stopping);
    },
  };
}
