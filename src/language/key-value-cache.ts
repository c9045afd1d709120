import { BugError } from '../shared/errors.js';

/** The sizes of one cached row. */
export interface CacheShape {
  readonly layers: number;
  readonly keyValueHeads: number;
  readonly headDim: number;
}

/** Views into the cache for one layer; both are written and read in place. */
export interface CacheView {
  readonly keys: Float32Array;
  readonly values: Float32Array;
}

/**
 * The keys and values of one sequence, `[row, head, D]` for each layer, so that the rows written so far are one
 * stretch of memory that the decoder reads where it lies, and the next rows are written right behind it.
 *
 * Memory: `rows * bytesPerRow`; PaliGemma 3B needs 36,864 bytes a row, 155 MB for 16 frames of 256 tokens.
 */
export class KeyValueCache {
  readonly #shape: CacheShape;
  readonly #layers: CacheView[];
  readonly #capacity: number;
  #rows = 0;

  /** @param capacity - rows; the operating system hands the memory out only as rows are written */
  constructor(shape: CacheShape, capacity: number) {
    this.#shape = shape;
    this.#capacity = capacity;
    this.#layers = Array.from({ length: shape.layers }, () => ({
      keys: new Float32Array(capacity * this.#rowLength),
      values: new Float32Array(capacity * this.#rowLength),
    }));
  }

  get rows(): number {
    return this.#rows;
  }

  /** Bytes of all rows there is room for. */
  get byteLength(): number {
    return 2 * this.#layers.length * this.#capacity * this.#rowLength * Float32Array.BYTES_PER_ELEMENT;
  }

  /** What is written, for each layer. */
  past(): CacheView[] {
    return this.#view(0, this.#rows);
  }

  /** Room for the next rows, for each layer; `commit` once they are written. */
  next(rows: number): CacheView[] {
    if (this.#rows + rows > this.#capacity) {
      throw new BugError('cache_full', `${rows} rows do not fit behind ${this.#rows} of ${this.#capacity}`);
    }
    return this.#view(this.#rows, this.#rows + rows);
  }

  commit(rows: number): void {
    this.#rows += rows;
  }

  /** A cache of the same capacity with the same rows. */
  fork(): KeyValueCache {
    const copy = new KeyValueCache(this.#shape, this.#capacity);
    copy.copyFrom(this, 0);
    return copy;
  }

  /** Takes over the other's rows from `start` on; the rows before must be equal already. */
  copyFrom(other: KeyValueCache, start: number): void {
    const source = other.#view(start, other.#rows);
    this.#view(start, other.#rows).forEach((target, layer) => {
      const from = source[layer];
      if (from === undefined) return;
      target.keys.set(from.keys);
      target.values.set(from.values);
    });
    this.#rows = other.#rows;
  }

  get #rowLength(): number {
    return this.#shape.keyValueHeads * this.#shape.headDim;
  }

  #view(start: number, end: number): CacheView[] {
    const [first, last] = [start * this.#rowLength, end * this.#rowLength];
    return this.#layers.map(({ keys, values }) => ({
      keys: keys.subarray(first, last),
      values: values.subarray(first, last),
    }));
  }
}
