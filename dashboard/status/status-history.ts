import type { StatusBody } from '../../src/delivery/operations/status-shape.js';

/** What is drawn over time. */
export interface StatusSample {
  /** Seconds since 1970. */
  readonly atSeconds: number;
  readonly waiting: number;
  readonly running: number;
  readonly serverMegabytes: number;
  /** Null while it does not run. */
  readonly modelMegabytes: number | null;
  readonly tokens: number;
  readonly drops: number;
  /** Frames that cost no vision pass, and all, since the start. */
  readonly savedFrames: number;
  readonly frames: number;
  /** From capture to the finished result, of the last minutes; null while there was none. */
  readonly medianSeconds: number | null;
  readonly slowSeconds: number | null;
}

const MEGABYTE = 1e6;

export function statusSample(status: StatusBody, atSeconds: number): StatusSample {
  const { queue, memory, requests, drops, latency, image_tokens: tokens } = status;
  const savedFrames = tokens.hits + tokens.reused;
  const whole = latency.stages.find(({ stage }) => stage === 'capture_to_publish');
  return {
    atSeconds,
    waiting: queue.waiting.question + queue.waiting.routine,
    running: queue.running,
    serverMegabytes: memory.server_bytes / MEGABYTE,
    modelMegabytes: memory.model_bytes === null ? null : memory.model_bytes / MEGABYTE,
    tokens: requests.tokens,
    drops: drops.reduce((sum, { count }) => sum + count, 0),
    savedFrames,
    frames: savedFrames + tokens.misses,
    medianSeconds: whole?.p50_seconds ?? null,
    slowSeconds: whole?.p95_seconds ?? null,
  };
}

/** How fast a total grew before each sample, a second; null at the first, and where a restart took it back. */
export function rates(
  samples: readonly StatusSample[],
  total: (sample: StatusSample) => number,
): (number | null)[] {
  return samples.map((sample, place) => {
    const before = samples[place - 1];
    if (before === undefined || total(sample) < total(before)) return null;
    return (total(sample) - total(before)) / Math.max(0.001, sample.atSeconds - before.atSeconds);
  });
}
