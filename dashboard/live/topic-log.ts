import type { ServerMessage } from '../../src/delivery/live/server-message.js';
import type { EventBodies, KeptEvent, PartialBody, UnkeptEvent } from './event-bodies.js';
import type { LiveLink } from './live-link.js';
import { partialKey } from './partial-key.js';

/** What is known of a topic at a moment; a new object whenever something changed. */
export interface TopicView {
  /** In the order of their numbers, each once. */
  readonly events: readonly KeptEvent[];
  /** In the same order, those around one that was sought far before them. */
  readonly past: readonly KeptEvent[];
  /** Texts that are being written, by `partialKey`. */
  readonly partials: ReadonlyMap<string, PartialBody>;
  /** What came without a number since the newest event that has one, of each kind the newest. */
  readonly unkept: readonly UnkeptEvent[];
  /** Why it has none; null while events are kept. */
  readonly trouble: string | null;
  /** Of jobs that run, from 0 to 1. */
  readonly progress: ReadonlyMap<string, number>;
  /** The oldest number the server keeps; null before it was heard of. */
  readonly first: number | null;
  /** The topic has been deleted. */
  readonly isDeleted: boolean;
  /** What the server said of the subscription: no such topic. */
  readonly failure: string | null;
  /** All that was there when the link came has arrived. */
  readonly isWhole: boolean;
}

interface Draft extends Partial<TopicView> {
  events?: KeptEvent[];
  partials?: Map<string, PartialBody>;
}

export interface TopicLogOptions {
  /** Gives the events from one number to another, both included. */
  readonly fetchPast: (topic: string, from: number, to: number, signal: AbortSignal) => Promise<KeptEvent[]>;
  /** Called when nobody watches any more. */
  readonly onIdle: () => void;
}

/** So many events before one that is sought come with it. */
const BEFORE_SOUGHT = 20;
/** And so many after it, when those between it and the newest are left out. */
const AFTER_SOUGHT = 80;
/** More events are not kept for the sake of one that is sought: all of them are drawn. */
const MOST_FOR_SOUGHT = 400;

const EMPTY: TopicView = {
  events: [],
  past: [],
  partials: new Map(),
  unkept: [],
  trouble: null,
  progress: new Map(),
  first: null,
  isDeleted: false,
  failure: null,
  isWhole: false,
};

/**
 * Follows a topic over lost links and killed servers: it resumes by number, so that nothing is missing and nothing
 * there twice. Changes are told at most once a frame of the screen.
 */
export class TopicLog {
  readonly #watchers = new Set<() => void>();
  #view = EMPTY;
  /** What changes at the next frame; its lists are not shared with a view yet. */
  #draft: Draft = {};
  #isAnnounced = false;
  /** Numbers that are here. */
  readonly #seen = new Set<number>();
  /** The last number of the subscription that runs: where the next one begins. */
  #cursor: number | null;
  /** The newest number there was at the subscription. */
  #newest = 0;
  /** How many events are kept here at most. */
  #room: number;
  /** The number that was sought last. */
  #sought: number | null = null;
  /** Ends the fetching of what is around it. */
  #otherwise = new AbortController();
  #end: () => void = () => undefined;

  /**
   * @param back how many of the newest kept events are wanted at the beginning, and kept here; Infinity: all
   */
  constructor(
    private readonly link: LiveLink,
    private readonly topic: string,
    private readonly back: number,
    private readonly options: TopicLogOptions,
  ) {
    this.#cursor = back === Infinity ? 0 : null;
    this.#room = back;
  }

  /** For `useSyncExternalStore`: follows the topic as long as somebody watches. */
  readonly watch = (watcher: () => void): (() => void) => {
    if (this.#watchers.size === 0) {
      this.#end = this.link.listen({
        message: (message) => {
          this.#take(message);
        },
        opened: () => {
          this.#subscribe();
        },
        lost: () => {
          this.#change({ partials: new Map() });
        },
      });
    }
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
      this.#end();
      this.#sought = null;
      this.#otherwise.abort();
      this.#change({ past: [] });
      this.link.send({ type: 'unsubscribe', topic: this.topic });
      this.options.onIdle();
    };
  };

  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  readonly view = (): TopicView => this.#view;

  /** Fetches so many events before those that are here. */
  readonly earlier = (count: number): void => {
    const oldest = this.#view.events[0]?.seq ?? 1;
    this.#cursor = Math.max(0, oldest - 1 - count);
    this.#room += count;
    this.#subscribe();
  };

  /**
   * Fetches what is missing down to a number; where that is much, only what is around it (`past`). Once, though new
   * events push it out again.
   */
  readonly seek = (seq: number): void => {
    if (seq === this.#sought || !this.#view.isWhole) return;
    this.#sought = seq;
    const oldest = this.#view.events[0]?.seq ?? 0;
    const count = oldest - seq + BEFORE_SOUGHT;
    if (seq >= oldest) return;
    if (this.#room + count <= MOST_FOR_SOUGHT) this.earlier(count);
    else void this.#visit(Math.max(1, seq - BEFORE_SOUGHT), Math.min(seq + AFTER_SOUGHT, oldest - 1));
  };

  async #visit(from: number, to: number): Promise<void> {
    this.#otherwise.abort();
    this.#otherwise = new AbortController();
    const { signal } = this.#otherwise;
    // Without it the newest are there all the same.
    const past = await this.options.fetchPast(this.topic, from, to, signal).catch(() => []);
    if (!signal.aborted) this.#change({ past });
  }

  #subscribe(): void {
    const { topic } = this;
    this.link.send({ type: 'subscribe', topic, ...(this.#cursor === null ? {} : { after: this.#cursor }) });
  }

  #take(message: ServerMessage): void {
    if (!('topic' in message) || message.topic !== this.topic) return;
    switch (message.type) {
      case 'subscribed':
        this.#begin(message.first, message.last);
        return;
      case 'event':
        if (this.#cursor === null) return; // of an earlier subscription: this one's first answer has not come
        this.#event(message.event as unknown as EventBodies, message.seq, message.at);
        return;
      case 'error':
        if (message.id === undefined) this.#change({ failure: message.message });
        return;
      case 'answer':
      case 'picture':
      case 'unsubscribed':
    }
  }

  /** The first subscription to a long topic only tells how long it is; a second one begins near its end. */
  #begin(first: number, last: number): void {
    this.#newest = last;
    this.#change({ first, failure: null });
    if (this.#cursor === null) {
      this.#cursor = Math.max(first - 1, last - this.back);
      if (this.#cursor < last) this.#subscribe();
    }
    if (this.#cursor >= last) this.#change({ isWhole: true });
  }

  #event(event: EventBodies, seq: number | undefined, at: string | undefined): void {
    const atMs = Date.parse(at ?? '');
    if (seq !== undefined) {
      this.#cursor = seq;
      if (!this.#seen.has(seq)) this.#keep({ seq, atMs, event });
      if (seq >= this.#newest) this.#change({ isWhole: true });
    } else if (event.kind === 'gap') this.#cursor = event.to;
    else if (event.kind === 'state' && event.state === 'deleted') this.#change({ isDeleted: true });
    else if (event.kind === 'progress') {
      const progress = new Map(this.#draft.progress ?? this.#view.progress);
      if (event.progress !== null) this.#change({ progress: progress.set(event.job, event.progress) });
    } else if ('delta' in event) {
      this.#change({ partials: this.#partials().set(partialKey(event), event) });
    } else if (event.kind === 'error' && !('clip' in event)) this.#change({ trouble: event.message });
    else this.#pass({ atMs, event });
  }

  #keep(kept: KeptEvent): void {
    this.#seen.add(kept.seq);
    const events = this.#draft.events ?? [...this.#view.events];
    const place = events.findLastIndex(({ seq }) => seq < kept.seq) + 1;
    if (place === events.length) this.#endTrouble(kept.event);
    events.splice(place, 0, kept);
    if (events.length > this.#room) {
      for (const { seq } of events.splice(0, events.length - this.#room)) this.#seen.delete(seq);
    }
    const { event } = kept;
    const partials = this.#partials();
    if ('clip' in event) partials.delete(partialKey(event));
    else if (event.kind === 'state') {
      for (const [key, partial] of partials) if (partial.job === event.job) partials.delete(key);
    }
    this.#change({ events, partials });
  }

  #pass(passed: UnkeptEvent): void {
    const { event } = passed;
    const partials = this.#partials();
    if ('clip' in event) partials.delete(partialKey(event));
    const others = this.#unkept().filter((other) => other.event.kind !== event.kind);
    this.#change({ partials, unkept: [...others, passed] });
  }

  /** An event is kept again; how the topic stands holds until another state is told. */
  #endTrouble(event: EventBodies): void {
    const unkept = this.#unkept().filter((one) => one.event.kind === 'state' && event.kind !== 'state');
    this.#change({ trouble: null, unkept });
  }

  #unkept(): readonly UnkeptEvent[] {
    return this.#draft.unkept ?? this.#view.unkept;
  }

  #partials(): Map<string, PartialBody> {
    return this.#draft.partials ?? new Map(this.#view.partials);
  }

  #change(changed: Draft): void {
    this.#draft = { ...this.#draft, ...changed };
    if (this.#isAnnounced) return;
    this.#isAnnounced = true;
    requestAnimationFrame(() => {
      this.#isAnnounced = false;
      this.#view = { ...this.#view, ...this.#draft };
      this.#draft = {};
      for (const watcher of this.#watchers) watcher();
    });
  }
}
