import type { Memory } from './engine-messages.js';
import type { CaptionFigures, PrefixFigures } from './jobs.js';
import type { MachineLimits } from './machine-limits.js';
import type { Clock, Measured } from './measure.js';

/** What one engine did in one round. */
export interface RoundFigures {
  /** From the start of its process until it is ready, milliseconds. */
  readonly startMs: number;
  /** From the start of its process until it has encoded a frame; null without a vision tower. */
  readonly firstFrameMs: number | null;
  readonly visionPerFrame: Measured | null;
  readonly prefixes: readonly (PrefixFigures & { readonly rows: number })[];
  readonly captions: readonly (CaptionFigures & { readonly frames: number })[];
  /** After the start and the first frame. */
  readonly memoryReady: Memory;
  /** After everything. */
  readonly memoryEnd: Memory;
}

/** One engine on one model. */
export interface EngineReport {
  /** `palistream int8`, `llama.cpp q4_0`. */
  readonly name: string;
  readonly isOurs: boolean;
  /** Why there are no figures; null when there are. */
  readonly absent: string | null;
  /** Until ready at the very first, with the conversion of the weights when it had not been made before. */
  readonly firstStartMs: number | null;
  /** What the weights take as this engine holds them. */
  readonly weightsBytes: number | null;
  readonly rounds: readonly RoundFigures[];
}

/** All that one run of `bench` found out about one model. */
export interface BenchReport {
  readonly model: string;
  readonly parameters: number;
  readonly threads: number;
  /** Whose time the table tells; the figures have both. */
  readonly clock: Clock;
  /** Words of a caption. */
  readonly words: number;
  readonly limits: MachineLimits;
  readonly engines: readonly EngineReport[];
}
