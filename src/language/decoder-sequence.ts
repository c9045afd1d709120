import { BugError } from '../shared/errors.js';
import type { KeyValueCache } from './key-value-cache.js';
import type { Sequence } from './sequence.js';

/** One id to append to what a cache holds. */
export interface DecoderStep {
  readonly cache: KeyValueCache;
  readonly id: number;
}

/** A sequence of the decoder: its cache, and the logits after its last row. */
export class DecoderSequence implements Sequence {
  readonly #cache: KeyValueCache;
  readonly #prefixRows: number;
  readonly #step: (step: DecoderStep) => Promise<Float32Array>;
  logits: Float32Array;

  /** @param step - appends the id's row to the cache and gives the logits after it */
  constructor(
    cache: KeyValueCache,
    prefixRows: number,
    logits: Float32Array,
    step: (step: DecoderStep) => Promise<Float32Array>,
  ) {
    this.#cache = cache;
    this.#prefixRows = prefixRows;
    this.logits = logits;
    this.#step = step;
  }

  /** @throws BugError `cache_full`; sequences that are appended to at the same time are computed together */
  async append(id: number): Promise<void> {
    this.#cache.next(1); // refused here, the fault does not touch the others of a batch
    this.logits = await this.#step({ cache: this.#cache, id });
  }

  fork(): DecoderSequence {
    return new DecoderSequence(this.#cache.fork(), this.#prefixRows, this.logits, this.#step);
  }

  become(other: Sequence): void {
    if (!(other instanceof DecoderSequence))
      throw new BugError('sequence_kind', 'a sequence of another kind came');
    this.#cache.copyFrom(other.#cache, this.#prefixRows);
    this.logits = other.logits;
  }
}
