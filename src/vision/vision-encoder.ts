import { getMaxListeners, setMaxListeners } from 'node:events';
import type { Session } from '../runtime/session.js';
import { RequestError, throwIfCancelled } from '../shared/errors.js';
import { IMAGE_TOKEN_AXES, tensor, type ImageTokens } from '../shared/tensor.js';
import type { EncodableFrame } from './encodable-frame.js';
import { FrameBatcher } from './frame-batcher.js';
import { ImageTokenCache } from './image-token-cache.js';
import { StillFrames } from './still-frames.js';
import type { VisionStats } from './vision-stats.js';

export type { EncodableFrame } from './encodable-frame.js';

export interface VisionShape {
  /** Side of the square picture, pixels. */
  readonly imageSize: number;
  /** Patches of one frame. */
  readonly patches: number;
  /** Width of an image token. */
  readonly width: number;
}

/** The vision graph's names for what goes in and comes out: see `VisionGraph` in graph/. */
export interface VisionPorts {
  readonly pixels: string;
  readonly imageTokens: string;
}

export interface EncodingOptions {
  /** How long the first frame of a batch waits for those of other streams; 0 when left out. */
  readonly fillMs?: number | undefined;
  /** Largest distance at which a frame takes the tokens of an earlier one of its stream; 0, never, when left out. */
  readonly stillThreshold?: number | undefined;
}

/** Where frames come from and who waits for them. */
export interface EncodingTerms {
  readonly stream?: string | undefined;
  /** Somebody waits for them: they go ahead of others. */
  readonly isUrgent?: boolean | undefined;
}

/**
 * Frames that go through the tower at once: enough rows to keep the matrix products busy, few enough that a
 * cancellation between two batches comes soon (1024 patches of the full-size tower take seconds).
 */
const MAX_BATCH = 8;
const MAX_BATCH_PATCHES = 1024;

const CHANNELS = 3;

/** The vision tower: encodes each frame once while it is remembered. */
export class VisionEncoder {
  readonly #session: Session;
  readonly #shape: VisionShape;
  readonly #ports: VisionPorts;
  readonly #cache: ImageTokenCache;
  readonly #batcher: FrameBatcher;
  readonly #still: StillFrames;
  readonly #batchSizes: Record<number, number> = {};
  #passes = 0;
  #encoded = 0;
  #hits = 0;
  #misses = 0;
  #reused = 0;

  /** @param cacheBytes - how much may be remembered; 0 remembers nothing */
  constructor(
    session: Session,
    shape: VisionShape,
    ports: VisionPorts,
    cacheBytes: number,
    { fillMs = 0, stillThreshold = 0 }: EncodingOptions = {},
  ) {
    this.#session = session;
    this.#shape = shape;
    this.#ports = ports;
    this.#cache = new ImageTokenCache(cacheBytes);
    const maxBatch = Math.max(1, Math.min(MAX_BATCH, Math.floor(MAX_BATCH_PATCHES / shape.patches)));
    this.#batcher = new FrameBatcher((batch) => this.#encodeBatch(batch), maxBatch, fillMs);
    this.#still = new StillFrames(stillThreshold);
  }

  /** Frames that went through the tower so far; those that were remembered are not counted. */
  get encodedFrames(): number {
    return this.#encoded;
  }

  get stats(): VisionStats {
    const { byteLength: bytes, maxBytes, size: entries } = this.#cache;
    return {
      passes: this.#passes,
      frames: this.#encoded,
      batchSizes: { ...this.#batchSizes },
      cache: { hits: this.#hits, misses: this.#misses, reused: this.#reused, bytes, maxBytes, entries },
    };
  }

  /**
   * `[F, P, E]` of the frames in order. Frames of several calls go through the tower together; one that two callers
   * share is encoded once.
   * @throws RequestError `frame_size` for a frame that is not the model's square; CancelledError
   */
  async encode(
    frames: readonly EncodableFrame[],
    signal?: AbortSignal,
    { stream, isUrgent = false }: EncodingTerms = {},
  ): Promise<ImageTokens> {
    for (const frame of frames) this.#check(frame);
    throwIfCancelled(signal);
    // Each frame that waits listens to the signal, for as long as it waits: many frames are no leak.
    if (signal !== undefined) setMaxListeners(getMaxListeners(signal) + frames.length, signal);
    const byKey = new Map<string, Promise<Float32Array>>();
    const asked = frames.map((frame) => {
      const tokens = byKey.get(frame.key) ?? this.#tokensOf(frame, stream, isUrgent, signal);
      byKey.set(frame.key, tokens);
      return tokens;
    });
    const tokens = await Promise.all(asked);
    const { patches, width } = this.#shape;
    const data = new Float32Array(frames.length * patches * width);
    tokens.forEach((own, i) => {
      data.set(own, i * patches * width);
    });
    return tensor(IMAGE_TOKEN_AXES, [frames.length, patches, width], data);
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }

  /** Remembered, on their way, those of a frame that looks the same, or new ones. */
  #tokensOf(
    frame: EncodableFrame,
    stream: string | undefined,
    isUrgent: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Float32Array> {
    const known = this.#known(frame.key, isUrgent, signal);
    if (known !== undefined) {
      this.#hits++;
      return known;
    }
    const isKnown = (key: string) => this.#cache.has(key) || this.#batcher.has(key);
    // Only a stream has a frame before: pictures of other requests may look much the same and say something else.
    const standIn = stream === undefined ? frame.key : this.#still.keyFor(stream, frame, isKnown);
    const same = standIn === frame.key ? undefined : this.#known(standIn, isUrgent, signal);
    if (same !== undefined) {
      this.#reused++;
      return same;
    }
    this.#misses++;
    return this.#batcher.add(frame, isUrgent, signal);
  }

  #known(key: string, isUrgent: boolean, signal: AbortSignal | undefined): Promise<Float32Array> | undefined {
    const cached = this.#cache.get(key);
    return cached === undefined ? this.#batcher.join(key, isUrgent, signal) : Promise.resolve(cached);
  }

  async #encodeBatch(batch: readonly EncodableFrame[]): Promise<readonly Float32Array[]> {
    const { patches, width } = this.#shape;
    const tokens = await this.#run(batch);
    return batch.map(({ key }, i) => {
      // A copy, so that forgetting one frame frees its memory.
      const own = tokens.slice(i * patches * width, (i + 1) * patches * width);
      this.#cache.set(key, own);
      return own;
    });
  }

  async #run(batch: readonly EncodableFrame[]): Promise<Float32Array> {
    const { imageSize } = this.#shape;
    const frameBytes = imageSize * imageSize * CHANNELS;
    const pixels = new Uint8Array(batch.length * frameBytes);
    batch.forEach((frame, i) => {
      pixels.set(frame.pixels.data, i * frameBytes);
    });
    const feeds = {
      [this.#ports.pixels]: { data: pixels, dims: [batch.length, imageSize, imageSize, CHANNELS] },
    };
    const results = await this.#session.run(feeds, { [this.#ports.imageTokens]: null });
    this.#passes++;
    this.#encoded += batch.length;
    this.#batchSizes[batch.length] = (this.#batchSizes[batch.length] ?? 0) + 1;
    return results[this.#ports.imageTokens]?.data as Float32Array;
  }

  #check({ key, pixels }: EncodableFrame): void {
    const { imageSize } = this.#shape;
    const [rows, columns, channels] = pixels.dims;
    const fits = rows === imageSize && columns === imageSize && channels === CHANNELS;
    if (fits && pixels.data.length === rows * columns * channels) return;
    throw new RequestError(
      'frame_size',
      `frame ${key} is ${columns}x${rows} with ${channels} channels and ${pixels.data.length} bytes, ` +
        `but the model sees ${imageSize}x${imageSize} with ${CHANNELS}; resize it first`,
    );
  }
}
