import { isStoreTrouble } from '../../store/store-trouble.js';
import type { EventBody } from '../../store/event-body.js';
import type { EventLog, NewEvent } from '../../store/event-log.js';
import type { StoredEvent } from '../../store/stored-event.js';
import type { TopicEvent } from './topic-event.js';
import { troubleEvent } from './trouble-event.js';

export type TopicListener = (event: TopicEvent) => void;

/**
 * Where events are published: kept first, then told to all who listen, in the order of their numbers. A listener must
 * not throw and not take long: it is the others' time.
 */
export class TopicHub {
  readonly #listeners = new Map<string, Set<TopicListener>>();
  /** How many events of a topic were not kept since the last that was. */
  readonly #notKept = new Map<string, number>();
  readonly #watchers = new Set<TopicListener>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly events: EventLog,
    private readonly now: () => number = Date.now,
  ) {}

  /** Resolves when they are kept and told. Those whose key was there already are left out. */
  publish(topic: string, events: readonly Omit<NewEvent, 'atMs'>[]): Promise<readonly StoredEvent[]> {
    const atMs = this.now();
    return this.inTurn(() =>
      this.events.append(
        topic,
        events.map((event) => ({ ...event, atMs })),
      ),
    );
  }

  /**
   * As `publish`, for what happens once and cannot be worked out again. While the store is in trouble it is told without
   * a number, after a passing `error` that says so; once the store works again, a kept `dropped` says how many are missing.
   * @throws only the first time that the store fails the topic
   */
  async publishOnce(topic: string, events: readonly Omit<NewEvent, 'atMs'>[]): Promise<void> {
    const atMs = this.now();
    let trouble: unknown = null;
    await this.inTurn(async () => {
      const missing = this.#notKept.get(topic) ?? 0;
      const event = { kind: 'dropped', reason: 'not_kept', events: missing };
      const all = [...(missing === 0 ? [] : [{ event }]), ...events];
      try {
        const kept = await this.events.append(
          topic,
          all.map((more) => ({ ...more, atMs })),
        );
        this.#notKept.delete(topic);
        return kept;
      } catch (error) {
        if (!isStoreTrouble(error)) throw error;
        if (missing === 0) trouble = error;
        this.#notKept.set(topic, missing + events.length);
        if (missing === 0) this.#announce(passing(topic, atMs, troubleEvent(error)));
        for (const more of events) this.#announce(passing(topic, atMs, more.event));
        return [];
      }
    });
    if (trouble !== null) throw trouble as Error;
  }

  /** Keeps events in a way of the caller's and tells them, in turn with all others. */
  inTurn(keep: () => Promise<readonly StoredEvent[]>): Promise<readonly StoredEvent[]> {
    const told = this.#turn.then(keep).then((stored) => {
      for (const event of stored) this.#announce(event);
      return stored;
    });
    this.#turn = told.catch(() => undefined);
    return told;
  }

  /** Tells a passing event, after what was published before it. */
  tell(topic: string, event: EventBody): void {
    const atMs = this.now();
    this.#turn = this.#turn.then(() => {
      this.#announce(passing(topic, atMs, event));
    });
  }

  /** @returns to be called to listen no more */
  listen(topic: string, listener: TopicListener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#listeners.delete(topic);
    };
  }

  /** Hears the events of all topics, after those who listen to one: for counting and logging. */
  watch(watcher: TopicListener): void {
    this.#watchers.add(watcher);
  }

  /** Resolves when all that was published until now has been told. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  #announce(event: TopicEvent): void {
    for (const listener of this.#listeners.get(event.topic) ?? []) listener(event);
    for (const watcher of this.#watchers) watcher(event);
  }
}

function passing(topic: string, atMs: number, event: EventBody): TopicEvent {
  return { topic, seq: null, atMs, event };
}
