import { setImmediate } from 'node:timers/promises';
import type { EventLog, TopicRange } from '../../store/event-log.js';
import type { TopicEvent } from './topic-event.js';
import type { TopicHub } from './topic-hub.js';

/** Where a subscription's events go. */
export interface SubscriptionSink {
  /** Kept events, in the order of their numbers, each once. */
  event(event: TopicEvent): void;
  /** Passing events: may be left out. */
  passing(event: TopicEvent): void;
  /** The numbers `from` to `to` are not kept any more. */
  gap(from: number, to: number): void;
  /** Resolves when more may come: a replay waits for it. */
  drained(): Promise<void>;
}

export interface SubscriptionOptions {
  readonly topic: string;
  /** The last number that is known; null: only what comes from now on. */
  readonly after: number | null;
  /** Null: all. */
  readonly kinds: ReadonlySet<string> | null;
}

/** Read from the store at once. */
const PAGE = 100;

/**
 * Follows a topic from a number on: first what is kept, then what comes, without a hole or a repetition between them.
 */
export class TopicSubscription {
  #next = 1;
  /** The newest number that was heard of: tells whether there was one while the store was read. */
  #newest = 0;
  #isLive = false;
  #isOver = false;
  #deaf: () => void = () => undefined;

  constructor(
    private readonly hub: TopicHub,
    private readonly events: EventLog,
    private readonly options: SubscriptionOptions,
    private readonly sink: SubscriptionSink,
  ) {}

  /** Begins to listen; resolves with what the topic has, before the first event is given. */
  async open(): Promise<TopicRange> {
    this.#deaf = this.hub.listen(this.options.topic, (event) => {
      this.#take(event);
    });
    const range = await this.events.range(this.options.topic);
    this.#next = Math.min(this.options.after ?? range.last, range.last) + 1;
    return range;
  }

  /** Gives what is kept, then all that comes; resolves when the replay is over. */
  async replay(): Promise<void> {
    while (!this.#hasEnded() && !this.#isLive) {
      const page = await this.events.after(this.options.topic, this.#next - 1, PAGE);
      if (this.#hasEnded()) return;
      for (const event of page) {
        this.#give(event);
        await this.sink.drained();
        if (this.#hasEnded()) return;
      }
      if (page.length === 0) await this.#goLive();
      await setImmediate(); // others' turn: there may be a million of which none is wanted
    }
  }

  close(): void {
    this.#isOver = true;
    this.#deaf();
  }

  /** Nothing more is kept: all has been given, or retention or a deletion has taken the rest meanwhile. */
  async #goLive(): Promise<void> {
    const heard = this.#newest; // what is told from here on may be missing in the range
    const { first, last } = await this.events.range(this.options.topic);
    if (last >= this.#next && first > this.#next) this.#skipTo(first);
    this.#isLive = last < this.#next && this.#newest === heard;
  }

  #take(event: TopicEvent): void {
    if (event.seq === null) {
      if (this.#isLive && this.#wants(event)) this.sink.passing(event);
      return;
    }
    this.#newest = Math.max(this.#newest, event.seq);
    if (this.#isLive) this.#give(event);
  }

  #give(event: TopicEvent): void {
    if (event.seq === null || event.seq < this.#next || this.#isOver) return;
    if (event.seq > this.#next) this.#skipTo(event.seq);
    this.#next = event.seq + 1;
    if (this.#wants(event)) this.sink.event(event);
  }

  #skipTo(seq: number): void {
    this.sink.gap(this.#next, seq - 1);
    this.#next = seq;
  }

  #hasEnded(): boolean {
    return this.#isOver;
  }

  #wants({ event }: TopicEvent): boolean {
    return this.options.kinds === null || this.options.kinds.has(event.kind);
  }
}
