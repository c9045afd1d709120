import type { RuntimeTensor, Session } from '../runtime/session.js';
import type { ImageTokens } from '../shared/tensor.js';
import { DecoderSequence, type DecoderStep } from './decoder-sequence.js';
import { KeyValueCache, type CacheShape, type CacheView } from './key-value-cache.js';
import { RotaryTable } from './rotary-table.js';
import type { Sequence } from './sequence.js';
import { StepBatcher } from './step-batcher.js';

export interface DecoderShape extends CacheShape {
  /** Width of an embedding. */
  readonly width: number;
  readonly ropeTheta: number;
}

/** The decoder graph's names for what goes in and comes out: see `DecoderPorts` in graph/. */
export interface DecoderPorts {
  readonly imageTokens: string;
  readonly tokenIds: string;
  readonly positions: string;
  readonly cosines: string;
  readonly sines: string;
  readonly lastRows: string;
  readonly chunks: { readonly rows: string; readonly most: number } | null;
  readonly pastKeys: readonly (readonly string[])[];
  readonly pastValues: readonly (readonly string[])[];
  readonly newKeys: readonly string[];
  readonly newValues: readonly string[];
  readonly logits: string;
}

type Tensors = Record<string, RuntimeTensor>;

const NO_ROWS = new Float32Array(0);

/** The language model: reads a prefix whole, then writes one id at a time, for several sequences at once. */
export class Decoder {
  readonly #session: Session;
  readonly #shape: DecoderShape;
  readonly #ports: DecoderPorts;
  readonly #rotary: RotaryTable;
  readonly #steps: StepBatcher<DecoderStep, Float32Array>;
  /** What is fed for the places of a batch that no sequence takes. */
  readonly #emptyPlaces: readonly Readonly<Tensors>[];
  #runs = 0;

  constructor(session: Session, shape: DecoderShape, ports: DecoderPorts) {
    this.#session = session;
    this.#shape = shape;
    this.#ports = ports;
    this.#rotary = new RotaryTable(shape.headDim, shape.ropeTheta);
    this.#steps = new StepBatcher((steps) => this.#stepAll(steps), ports.pastKeys.length);
    const nothing = this.#rows(NO_ROWS, 0);
    this.#emptyPlaces = ports.pastKeys.map((keys, place) =>
      Object.fromEntries([...keys, ...(ports.pastValues[place] ?? [])].map((name) => [name, nothing])),
    );
  }

  /** Times the graph ran so far: sequences that go on together count once. */
  get runs(): number {
    return this.#runs;
  }

  /**
   * Reads a prefix: all frames' image tokens in order, then the ids; everything sees everything.
   * @param room - ids that may be appended
   */
  async prefill(imageTokens: ImageTokens, promptIds: readonly number[], room: number): Promise<Sequence> {
    const [frames, patches] = imageTokens.dims;
    const rows = frames * patches + promptIds.length;
    const cache = new KeyValueCache(this.#shape, rows + room);
    const logits = await this.#runAlone(cache, imageTokens.data, promptIds);
    return new DecoderSequence(cache, rows, logits, (step) => this.#steps.add(step));
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }

  /** The logits after each step. One sequence goes alone: then its new rows are written where they belong. */
  async #stepAll(steps: readonly DecoderStep[]): Promise<readonly Float32Array[]> {
    const [first, ...others] = steps;
    if (first === undefined) return [];
    if (others.length === 0) return [await this.#runAlone(first.cache, NO_ROWS, [first.id])];
    return this.#runBatch(steps);
  }

  /** Appends rows to one cache and gives the last one's logits. */
  async #runAlone(
    cache: KeyValueCache,
    imageRows: Float32Array,
    ids: readonly number[],
  ): Promise<Float32Array> {
    const start = cache.rows;
    const rows = imageRows.length / this.#shape.width + ids.length;
    const angles = this.#rotary.rows(start, start + rows);
    const feeds = {
      ...this.#feedsOf(imageRows, ids, angles, [rows - 1]),
      ...this.#pastOf(0, cache),
      ...this.#emptyFrom(1),
    };
    const fetches: Record<string, RuntimeTensor | null> = { [this.#ports.logits]: null };
    cache.next(rows).forEach((view, layer) => {
      this.#put(fetches, this.#ports.newKeys[layer], view.keys, rows);
      this.#put(fetches, this.#ports.newValues[layer], view.values, rows);
    });
    const results = await this.#run(feeds, fetches);
    cache.commit(rows);
    return results[this.#ports.logits]?.data as Float32Array;
  }

  /** Appends one row to each of several caches: one run, whose new rows are then copied to their places. */
  async #runBatch(steps: readonly DecoderStep[]): Promise<readonly Float32Array[]> {
    const { logits: port, newKeys, newValues } = this.#ports;
    const ids = steps.map(({ id }) => id);
    const angles = this.#rotary.gather(steps.map(({ cache }) => cache.rows));
    const feeds = {
      ...this.#feedsOf(NO_ROWS, ids, angles, [...ids.keys()]),
      ...joined(steps.map(({ cache }, place) => this.#pastOf(place, cache))),
      ...this.#emptyFrom(steps.length),
    };
    const wanted = [port, ...newKeys, ...newValues];
    const results = await this.#run(feeds, Object.fromEntries(wanted.map((name) => [name, null])));

    const rowOf = (name: string | undefined, row: number): Float32Array => {
      const data = results[name ?? '']?.data as Float32Array;
      const width = data.length / steps.length;
      return data.subarray(row * width, (row + 1) * width);
    };
    return steps.map(({ cache }, row) => {
      cache.next(1).forEach(({ keys, values }: CacheView, layer) => {
        keys.set(rowOf(newKeys[layer], row));
        values.set(rowOf(newValues[layer], row));
      });
      cache.commit(1);
      return rowOf(port, row);
    });
  }

  #run(feeds: Tensors, fetches: Record<string, RuntimeTensor | null>): Promise<Tensors> {
    this.#runs++;
    return this.#session.run(feeds, fetches);
  }

  #feedsOf(
    imageRows: Float32Array,
    ids: readonly number[],
    { cosines, sines }: { readonly cosines: Float32Array; readonly sines: Float32Array },
    lastRows: readonly number[],
  ): Tensors {
    const { width, headDim } = this.#shape;
    const ports = this.#ports;
    const images = imageRows.length / width;
    const rows = images + ids.length;
    const positions = BigInt64Array.from({ length: rows }, (_, i) => BigInt(i));
    return {
      [ports.imageTokens]: { data: imageRows, dims: [images, width] },
      [ports.tokenIds]: { data: BigInt64Array.from(ids, BigInt), dims: [ids.length] },
      [ports.positions]: { data: positions, dims: [1, rows] },
      [ports.cosines]: { data: cosines, dims: [rows, headDim / 2] },
      [ports.sines]: { data: sines, dims: [rows, headDim / 2] },
      [ports.lastRows]: { data: BigInt64Array.from(lastRows, BigInt), dims: [lastRows.length] },
      ...(ports.chunks === null ? {} : { [ports.chunks.rows]: chunkRows(rows, ports.chunks.most) }),
    };
  }

  /** The cache where it lies, fed in one place. */
  #pastOf(place: number, cache: KeyValueCache): Tensors {
    const feeds: Tensors = {};
    cache.past().forEach(({ keys, values }, layer) => {
      this.#put(feeds, this.#ports.pastKeys[place]?.[layer], keys, cache.rows);
      this.#put(feeds, this.#ports.pastValues[place]?.[layer], values, cache.rows);
    });
    return feeds;
  }

  #emptyFrom(place: number): Tensors {
    return joined(this.#emptyPlaces.slice(place));
  }

  #put(
    into: Record<string, RuntimeTensor | null>,
    name: string | undefined,
    data: Float32Array,
    count: number,
  ): void {
    if (name !== undefined) into[name] = this.#rows(data, count);
  }

  #rows(data: Float32Array, count: number): RuntimeTensor {
    return { data, dims: [count, this.#shape.keyValueHeads, this.#shape.headDim] };
  }
}

/** Rows in chunks as even as can be, `[n, c]`; the last row again where there are no more. */
function chunkRows(rows: number, most: number): RuntimeTensor {
  const chunks = Math.ceil(rows / most);
  const each = Math.ceil(rows / chunks);
  const data = BigInt64Array.from({ length: chunks * each }, (_, i) => BigInt(Math.min(i, rows - 1)));
  return { data, dims: [chunks, each] };
}

function joined(records: readonly Readonly<Tensors>[]): Tensors {
  const all: Tensors = {};
  for (const record of records) Object.assign(all, record);
  return all;
}
