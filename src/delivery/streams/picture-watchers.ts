import type { LiveStream } from '../../pipeline/stream-engine.js';

type LivePicture = NonNullable<LiveStream['picture']>;

/** One who watches a stream. */
export interface PictureWatcher {
  picture(picture: LivePicture): void;
  /** The stream runs no more. It may run again later. */
  stopped(): void;
}

/** Who watches which stream; they stay when it is stopped and resumed. */
export class PictureWatchers {
  readonly #watchers = new Map<string, Set<PictureWatcher>>();

  /** @returns how to leave */
  add(stream: string, watcher: PictureWatcher): () => void {
    const watchers = this.#watchers.get(stream) ?? new Set();
    this.#watchers.set(stream, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.#watchers.get(stream) === watchers) this.#watchers.delete(stream);
    };
  }

  /** Passes on what a stream shows from now on. */
  follow(stream: string, live: LiveStream): void {
    live.watch((picture) => {
      for (const watcher of [...(this.#watchers.get(stream) ?? [])]) watcher.picture(picture);
    });
  }

  stopped(stream: string): void {
    for (const watcher of [...(this.#watchers.get(stream) ?? [])]) watcher.stopped();
  }
}
