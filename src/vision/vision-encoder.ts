import { setImmediate } from 'node:timers/promises';
import type { Session } from '../runtime/session.js';
import { RequestError, throwIfCancelled } from '../shared/errors.js';
import type { Frame } from '../shared/frame.js';
import { IMAGE_TOKEN_AXES, tensor, type ImageTokens } from '../shared/tensor.js';
import { ImageTokenCache } from './image-token-cache.js';

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

export type EncodableFrame = Pick<Frame, 'key' | 'pixels'>;

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
  #queue: Promise<unknown> = Promise.resolve();
  #encoded = 0;

  /** @param cacheBytes - how much may be remembered; 0 remembers nothing */
  constructor(session: Session, shape: VisionShape, ports: VisionPorts, cacheBytes: number) {
    this.#session = session;
    this.#shape = shape;
    this.#ports = ports;
    this.#cache = new ImageTokenCache(cacheBytes);
  }

  /** Frames that went through the tower so far; those that were remembered are not counted. */
  get encodedFrames(): number {
    return this.#encoded;
  }

  /**
   * `[F, P, E]` of the frames in order. Calls wait for each other, so that a frame two callers share is encoded once.
   * @throws RequestError `frame_size` for a frame that is not the model's square; CancelledError between batches
   */
  encode(frames: readonly EncodableFrame[], signal?: AbortSignal): Promise<ImageTokens> {
    for (const frame of frames) this.#check(frame);
    const encoded = this.#queue.then(() => this.#encode(frames, signal));
    this.#queue = encoded.catch(() => undefined);
    return encoded;
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }

  async #encode(frames: readonly EncodableFrame[], signal: AbortSignal | undefined): Promise<ImageTokens> {
    const { patches, width } = this.#shape;
    const byKey = new Map<string, Float32Array>();
    const missing = new Map<string, EncodableFrame>();
    for (const frame of frames) {
      const known = this.#cache.get(frame.key);
      if (known === undefined) missing.set(frame.key, frame);
      else byKey.set(frame.key, known);
    }
    const batchSize = Math.max(1, Math.min(MAX_BATCH, Math.floor(MAX_BATCH_PATCHES / patches)));
    const waiting = [...missing.values()];
    for (let start = 0; start < waiting.length; start += batchSize) {
      await setImmediate(); // encoding occupies the thread: let messages in, a cancellation among them
      throwIfCancelled(signal);
      const batch = waiting.slice(start, start + batchSize);
      const tokens = await this.#run(batch);
      batch.forEach(({ key }, i) => {
        // A copy, so that forgetting one frame frees its memory.
        const own = tokens.slice(i * patches * width, (i + 1) * patches * width);
        byKey.set(key, own);
        this.#cache.set(key, own);
      });
    }
    const data = new Float32Array(frames.length * patches * width);
    frames.forEach(({ key }, i) => {
      data.set(byKey.get(key) ?? [], i * patches * width);
    });
    return tensor(IMAGE_TOKEN_AXES, [frames.length, patches, width], data);
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
    this.#encoded += batch.length;
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
