import { type CameraOptions, LiveCamera } from './live-camera.js';
import type { LiveTarget } from './live-target.js';

/** What all cameras of a pool have in common. */
export type PoolOptions = Omit<CameraOptions, 'target' | 'maxAttempts'>;

/** A share in a camera. */
export interface CameraShare {
  readonly camera: LiveCamera;
  /** Lets the camera begin, if it has not, once the one before it on this source is gone. */
  start(): void;
  /** Gives the share back; the last one ends the camera. Resolves when that is done. */
  release(): Promise<void>;
}

interface Entry {
  readonly camera: LiveCamera;
  shares: number;
}

/** One camera, and so one ffmpeg, for each source, however many ask for it: made for the first, closed after the last. */
export class CameraPool {
  readonly #options: PoolOptions;
  readonly #open = new Map<string, Entry>();
  readonly #closing = new Map<string, Promise<void>>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** How many ffmpeg run. */
  get processes(): number {
    return [...this.#open.values()].filter(({ camera }) => camera.pid !== null).length;
  }

  /**
   * A source that is open already is shared, with the attempts that it was opened with; one that has ended or failed
   * is opened anew. The camera still has to be started.
   */
  take(target: LiveTarget, maxAttempts: number | null): CameraShare {
    const key = JSON.stringify([target.kind, target.input, target.rtspTransport, target.loop]);
    let entry = this.#open.get(key);
    if (entry === undefined || entry.camera.isOver) {
      entry = { camera: new LiveCamera({ ...this.#options, target, maxAttempts }), shares: 0 };
      this.#open.set(key, entry);
    }
    entry.shares++;
    const { camera } = entry;
    let isReleased = false;
    const start = (): void => {
      void (this.#closing.get(key) ?? Promise.resolve()).then(() => {
        if (!isReleased) camera.start();
      });
    };
    const release = this.#releaser(key, entry);
    return {
      camera,
      start,
      release: () => {
        isReleased = true;
        return release();
      },
    };
  }

  #releaser(key: string, entry: Entry): () => Promise<void> {
    let released: Promise<void> | undefined;
    const release = async (): Promise<void> => {
      if (--entry.shares > 0) return;
      // Out of the pool first: who asks meanwhile gets a new one.
      if (this.#open.get(key) === entry) this.#open.delete(key);
      const before = this.#closing.get(key);
      const closed = Promise.all([before, entry.camera.close()]).then(() => undefined);
      this.#closing.set(key, closed);
      await closed;
      if (this.#closing.get(key) === closed) this.#closing.delete(key);
    };
    return () => (released ??= release());
  }
}
