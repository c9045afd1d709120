import type { LivePicture } from './live-picture.js';

/** A picture that is wanted; it may come a moment after the frame it belongs to. */
export interface HeldPicture {
  /** Null until it has come, and for ever when it never does. */
  readonly picture: LivePicture | null;
}

interface Wanted {
  readonly sourceSeconds: number | undefined;
  picture: LivePicture | null;
}

/** The pictures come through a pipe of their own, a few frames before or behind. */
const RECENT = 4;
/** Further behind nothing is expected any more. */
const PATIENCE = 20;

/** The newest pictures of a camera. A few are in memory, and those that somebody holds. */
export class PictureBoard {
  readonly #listeners = new Set<(picture: LivePicture) => void>();
  #recent: LivePicture[] = [];
  #wanted: { readonly wanted: Wanted; patience: number }[] = [];

  get newest(): LivePicture | null {
    return this.#recent.at(-1) ?? null;
  }

  /** Takes the next picture. */
  add(picture: LivePicture): void {
    this.#recent = [...this.#recent.slice(1 - RECENT), picture];
    this.#wanted = this.#wanted.filter((one) => {
      if (one.wanted.sourceSeconds === picture.sourceSeconds) one.wanted.picture = picture;
      return one.wanted.picture === null && --one.patience > 0;
    });
    for (const listener of [...this.#listeners]) listener(picture);
  }

  /** Keeps the picture of a frame, by the time its source gave it; without one, the newest. */
  hold(sourceSeconds: number | undefined): HeldPicture {
    const known =
      sourceSeconds === undefined
        ? this.#recent.at(-1)
        : this.#recent.findLast((picture) => picture.sourceSeconds === sourceSeconds);
    const wanted: Wanted = { sourceSeconds, picture: known ?? null };
    if (known === undefined) this.#wanted.push({ wanted, patience: PATIENCE });
    return wanted;
  }

  /** The source begins anew: its times may come again, and mean something else. */
  reset(): void {
    this.#recent = this.#recent.slice(-1).map((picture) => ({ ...picture, sourceSeconds: undefined }));
    this.#wanted = [];
  }

  /** @returns how to leave */
  listen(listener: (picture: LivePicture) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
