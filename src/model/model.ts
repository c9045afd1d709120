import type { Precision } from '../graph/precision.js';
import type { Generation, GenerationOptions, GenerationStep } from '../language/generation.js';
import type { ExecutionProvider } from '../runtime/execution-provider.js';
import type { Frame } from '../shared/frame.js';
import type { DecodedMasks } from '../tasks/decoded-masks.js';
import type { RequestTerms } from './request-terms.js';

export type { Precision } from '../graph/precision.js';

/** What a caller may know of a loaded model before asking it anything. */
export interface ModelInfo {
  readonly directory: string;
  /** Name for people: the folder's name, or `nano` for the bundled one. */
  readonly name: string;
  readonly family: 'PaliGemma' | 'PaliGemma 2';
  /** What it was opened in; `auto` has been decided. */
  readonly precision: Precision;
  /** What it computes on. */
  readonly provider?: ExecutionProvider;
  readonly parameters: number;
  /** Side of the square the vision tower sees, pixels. */
  readonly imageSize: number;
  /** Image tokens of one frame. */
  readonly tokensPerFrame: number;
  /** Tokens whose keys and values this machine has memory for; not known when left out. */
  readonly cacheTokens?: number;
  /** The file that `decodeMasks` works with; null when there is none, and with it no masks. */
  readonly maskDecoder: string | null;
}

/** The terms say how it waits; a model that answers at once, as the one of `engine.ts`, begins it whatever they say. */
export interface ModelRequest extends RequestTerms {
  /** At least one; each at the model's square size. */
  readonly frames: readonly Pick<Frame, 'key' | 'pixels'>[];
  /** As in paligemma.md section 7, without the closing newline: it is added. */
  readonly prompt: string;
  readonly options: GenerationOptions;
}

export type ModelEvent =
  | { readonly kind: 'step'; readonly step: GenerationStep }
  | { readonly kind: 'done'; readonly generation: Generation };

/**
 * A loaded model, in this process (`engine.ts`) or in its own (`model-process.ts`): the same promises for both.
 *
 * `generate` yields every step as it is chosen, then `done`, once. It throws RequestError for a request that
 * does not fit the model, CancelledError soon after the signal fires, RetryableError when the model process died,
 * has no room for it (`model_busy`) or no time before its deadline (`request_expired`).
 */
export interface Model {
  readonly info: ModelInfo;
  generate(request: ModelRequest, signal?: AbortSignal): AsyncIterable<ModelEvent>;
  /**
   * Makes masks of codes, 16 for each, 0 to 127 (`Detection.codes`).
   * @throws RequestError `bad_detection` for other codes, `no_mask_decoder` when `info.maskDecoder` is null;
   *   CheckpointError when that file is damaged; CancelledError, RetryableError as `generate`
   */
  decodeMasks(codes: readonly (readonly number[])[], signal?: AbortSignal): Promise<DecodedMasks>;
  close(): Promise<void>;
}
