import type { PaliGemmaConfig } from '../checkpoint/config.js';
import type { Tokenizer } from '../checkpoint/tokenizer.js';
import { checkLength } from '../language/check-length.js';
import { checkOptions } from '../language/check-options.js';
import { generateText } from '../language/generate-text.js';
import { BugError, RequestError, throwIfCancelled } from '../shared/errors.js';
import { linkedController } from '../shared/linked-controller.js';
import type { DecodedMasks } from '../tasks/decoded-masks.js';
import type { Towers } from './engine-towers.js';
import type { MaskDecoder } from './mask-decoder.js';
import type { Model, ModelEvent, ModelInfo, ModelRequest } from './model.js';
import type { EngineStats } from './model-stats.js';

/** Milliseconds of each part of loading. */
export interface EngineLoading {
  /** Headers, configuration and tokenizer. */
  readonly checkpointMs: number;
  /** Conversion to float32, almost nothing once it is cached. */
  readonly weightsMs: number;
  readonly visionMs: number;
  readonly decoderMs: number;
}

/** The `Model` that computes in this process; made by `openEngine`. */
export class EngineModel implements Model {
  readonly info: ModelInfo;
  readonly loading: EngineLoading;
  readonly #config: PaliGemmaConfig;
  readonly #tokenizer: Tokenizer;
  readonly #towers: Towers;
  readonly #maskDecoder: MaskDecoder;
  /** Of all that is being done. */
  readonly #running = new Set<AbortController>();
  #isClosed = false;

  constructor(
    info: ModelInfo,
    config: PaliGemmaConfig,
    tokenizer: Tokenizer,
    towers: Towers,
    maskDecoder: MaskDecoder,
    loading: EngineLoading,
  ) {
    this.info = info;
    this.loading = loading;
    this.#config = config;
    this.#tokenizer = tokenizer;
    this.#towers = towers;
    this.#maskDecoder = maskDecoder;
  }

  get encodedFrames(): number {
    return this.#towers.vision.encodedFrames;
  }

  get engineStats(): EngineStats {
    const { vision, decoder } = this.#towers;
    return { vision: vision.stats, decoder: { runs: decoder.runs } };
  }

  async *generate(request: ModelRequest, cancel?: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
    const { signal, end } = this.#begin(cancel);
    try {
      yield* this.#answer(request, signal);
    } finally {
      end();
    }
  }

  async *#answer(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
    const { frames, prompt, options, stream, priority } = request;
    const { imageTokens: patches, text, eosTokenId } = this.#config;
    if (frames.length === 0) {
      throw new RequestError(
        'no_frames',
        'a request needs at least one frame: PaliGemma answers on pictures',
      );
    }
    checkOptions(options);
    const promptIds = this.#tokenizer.promptIds(prompt);
    checkLength(frames.length * patches, promptIds.length, options.maxNewTokens, text.maxPositions);
    throwIfCancelled(signal);

    const begun = performance.now();
    const imageTokens = await this.#towers.vision.encode(frames, signal, {
      stream,
      isUrgent: priority === 'question',
    });
    const encodeMs = performance.now() - begun;
    const writer = this.#tokenizer.createTextStream();
    const spell = (id: number): string => this.#tokenizer.spell(id);
    const textRequest = { imageTokens, promptIds, options, eosTokenId, writer, spell };
    const steps = generateText(this.#towers.decoder, textRequest, signal);
    let next = await steps.next();
    for (; next.done !== true; next = await steps.next()) yield { kind: 'step', step: next.value };
    const generation = next.value;
    yield { kind: 'done', generation: { ...generation, timing: { ...generation.timing, encodeMs } } };
  }

  async decodeMasks(codes: readonly (readonly number[])[], cancel?: AbortSignal): Promise<DecodedMasks> {
    const { signal, end } = this.#begin(cancel);
    try {
      return await this.#maskDecoder.decode(codes, signal);
    } finally {
      end();
    }
  }

  /** What fires when the caller cancels or the model is closed, until `end` is called. */
  #begin(cancel: AbortSignal | undefined): { readonly signal: AbortSignal; readonly end: () => void } {
    if (this.#isClosed) throw new BugError('model_closed', 'the model was asked after it was closed');
    const { controller, unlink } = linkedController(cancel);
    this.#running.add(controller);
    const end = (): void => {
      unlink();
      this.#running.delete(controller);
    };
    return { signal: controller.signal, end };
  }

  /** Cancels what is being answered and waits for the step it is at; what is asked later is refused. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const controller of this.#running) controller.abort();
    await this.#towers.vision.dispose();
    await this.#towers.decoder.dispose();
    await this.#maskDecoder.dispose();
    await this.#towers.weights.dispose();
  }
}
