import { randomUUID } from 'node:crypto';
import { momentJpeg } from '../../pipeline/moment-jpeg.js';
import type { StreamText } from '../../pipeline/stream-events.js';
import type { FrameTable } from '../../store/frame-table.js';
import { isStoreTrouble } from '../../store/store-trouble.js';
import type { StoredFrame } from '../../store/stored-frame.js';

type HeldPicture = NonNullable<StreamText['shown']>;

export interface FrameKeeperOptions {
  readonly frames: FrameTable;
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => number;
}

/**
 * Keeps pictures of what streams showed when something was said of it. Events do not wait for them: a picture has its
 * name at once, and is written behind; who asks for it meanwhile waits. Of one picture one is kept, however many
 * events are about it.
 */
export class FrameKeeper {
  readonly #names = new WeakMap<object, Map<string, string>>(); // picture -> topic -> id
  readonly #writing = new Map<string, { readonly topic: string; readonly done: Promise<void> }>();
  readonly #now: () => number;

  constructor(private readonly options: FrameKeeperOptions) {
    this.#now = options.now ?? Date.now;
  }

  /** The name of the picture from now on; null when there is none. */
  keep(topic: string, held: HeldPicture | undefined): string | null {
    const picture = held?.picture ?? null;
    if (picture === null) return null;
    const names = this.#names.get(picture) ?? new Map<string, string>();
    this.#names.set(picture, names);
    const known = names.get(topic);
    if (known !== undefined) return known;
    const id = randomUUID();
    names.set(topic, id);
    const atMs = this.#now();
    const done = momentJpeg(picture)
      .then((jpeg) => this.options.frames.put({ id, topic, atMs, jpeg }))
      .catch((error: unknown) => {
        if (!isStoreTrouble(error)) this.options.onFailure(error); // the events tell of that
      })
      .finally(() => this.#writing.delete(id));
    this.#writing.set(id, { topic, done });
    return id;
  }

  /** Null when it is not, or not any more. */
  async get(id: string): Promise<StoredFrame | null> {
    await this.#writing.get(id)?.done;
    return this.options.frames.get(id);
  }

  /** Removes those of a topic, and what is on its way. */
  async removeTopic(topic: string): Promise<void> {
    await this.settled(topic);
    await this.options.frames.removeTopic(topic);
  }

  /** Resolves when all is written, or all of a topic. */
  async settled(topic: string | null = null): Promise<void> {
    const writing = [...this.#writing.values()];
    await Promise.all(writing.filter((one) => topic === null || one.topic === topic).map(({ done }) => done));
  }
}
