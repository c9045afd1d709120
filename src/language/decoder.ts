import type { RuntimeTensor, Session } from '../runtime/session.js';
import { BugError } from '../shared/errors.js';
import type { ImageTokens } from '../shared/tensor.js';
import { KeyValueCache, type CacheShape } from './key-value-cache.js';
import { RotaryTable } from './rotary-table.js';
import type { Sequence } from './sequence.js';

export interface DecoderShape extends CacheShape {
  /** Width of an embedding. */
  readonly width: number;
  readonly ropeTheta: number;
}

/** The decoder graph's names for what goes in and comes out: see `DecoderGraph` in graph/. */
export interface DecoderPorts {
  readonly imageTokens: string;
  readonly tokenIds: string;
  readonly positions: string;
  readonly cosines: string;
  readonly sines: string;
  readonly pastKeys: readonly string[];
  readonly pastValues: readonly string[];
  readonly newKeys: readonly string[];
  readonly newValues: readonly string[];
  readonly logits: string;
}

const NO_IMAGE_TOKENS = new Float32Array(0);

/** The language model: reads a prefix whole, then writes one id at a time. */
export class Decoder {
  readonly #session: Session;
  readonly #shape: DecoderShape;
  readonly #ports: DecoderPorts;
  readonly #rotary: RotaryTable;

  constructor(session: Session, shape: DecoderShape, ports: DecoderPorts) {
    this.#session = session;
    this.#shape = shape;
    this.#ports = ports;
    this.#rotary = new RotaryTable(shape.headDim, shape.ropeTheta);
  }

  /**
   * Reads a prefix: all frames' image tokens in order, then the ids; everything sees everything.
   * @param room - ids that may be appended
   */
  async prefill(imageTokens: ImageTokens, promptIds: readonly number[], room: number): Promise<Sequence> {
    const [frames, patches] = imageTokens.dims;
    const rows = frames * patches + promptIds.length;
    const cache = new KeyValueCache(this.#shape, rows + room);
    const logits = await this.#run(cache, imageTokens.data, promptIds);
    return new DecoderSequence(cache, rows, logits, (into, id) => this.#run(into, NO_IMAGE_TOKENS, [id]));
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }

  /** Appends rows to the cache and gives the last one's logits. */
  async #run(cache: KeyValueCache, imageRows: Float32Array, ids: readonly number[]): Promise<Float32Array> {
    const { width, keyValueHeads, headDim } = this.#shape;
    const ports = this.#ports;
    const start = cache.rows;
    const images = imageRows.length / width;
    const rows = images + ids.length;
    const { cosines, sines } = this.#rotary.rows(start, start + rows);
    const positions = BigInt64Array.from({ length: rows }, (_, i) => BigInt(i));
    const feeds: Record<string, RuntimeTensor> = {
      [ports.imageTokens]: { data: imageRows, dims: [images, width] },
      [ports.tokenIds]: { data: BigInt64Array.from(ids, BigInt), dims: [ids.length] },
      [ports.positions]: { data: positions, dims: [1, rows] },
      [ports.cosines]: { data: cosines, dims: [rows, headDim / 2] },
      [ports.sines]: { data: sines, dims: [rows, headDim / 2] },
    };
    const fetches: Record<string, RuntimeTensor | null> = { [ports.logits]: null };
    const put = (
      into: Record<string, RuntimeTensor | null>,
      name: string | undefined,
      data: Float32Array,
      count: number,
    ) => {
      if (name !== undefined) into[name] = { data, dims: [count, keyValueHeads, headDim] };
    };
    cache.past().forEach(({ keys, values }, layer) => {
      put(feeds, ports.pastKeys[layer], keys, start);
      put(feeds, ports.pastValues[layer], values, start);
    });
    cache.next(rows).forEach(({ keys, values }, layer) => {
      put(fetches, ports.newKeys[layer], keys, rows);
      put(fetches, ports.newValues[layer], values, rows);
    });
    const results = await this.#session.run(feeds, fetches);
    cache.commit(rows);
    return results[ports.logits]?.data as Float32Array;
  }
}

class DecoderSequence implements Sequence {
  readonly #cache: KeyValueCache;
  readonly #prefixRows: number;
  readonly #step: (cache: KeyValueCache, id: number) => Promise<Float32Array>;
  logits: Float32Array;

  constructor(
    cache: KeyValueCache,
    prefixRows: number,
    logits: Float32Array,
    step: (cache: KeyValueCache, id: number) => Promise<Float32Array>,
  ) {
    this.#cache = cache;
    this.#prefixRows = prefixRows;
    this.logits = logits;
    this.#step = step;
  }

  async append(id: number): Promise<void> {
    this.logits = await this.#step(this.#cache, id);
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
