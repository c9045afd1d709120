import type { QueueLimits } from './queue-limits.js';
import type { Priority } from './request-terms.js';
import { StreamRounds } from './stream-rounds.js';

/** What the queue needs to know of a request. */
export interface QueueItem {
  readonly priority: Priority;
  readonly stream: string;
  /** Milliseconds; null never expires. */
  readonly deadlineMs: number | null;
  /** Sequences it takes of a batch; 0 for work beside the decoder. */
  readonly sequences: number;
  /** Of frames, prompt and answer, for all its sequences. */
  readonly tokens: number;
  /** Of its pictures. */
  readonly bytes: number;
}

/** Routine work that waits is begun after so many questions in a row, so that it does not wait for ever. */
const QUESTIONS_IN_A_ROW = 4;

/**
 * Decides which request is begun next, and which is refused. Knows no clock and does no work.
 *
 * - Questions go before routine work; streams take turns within each.
 * - Requests run together while they fit; routine work leaves one place free for a question, and is not begun beside
 *   one, where reading its pictures would hold the answer up.
 * - Work beside the decoder needs no place: it is begun at once whatever waits, and never refused.
 * - What must be tried again goes first and alone: should it kill the process again, it takes no other with it.
 * - Over capacity the newest routine work is refused, be it what comes or what waits when a question comes.
 */
export class RequestQueue<Item extends QueueItem> {
  readonly #limits: QueueLimits;
  readonly #waiting: Record<Priority, StreamRounds<Item>> = {
    question: new StreamRounds(),
    routine: new StreamRounds(),
  };
  /** Of no sequences. */
  readonly #beside = new StreamRounds<Item>();
  /** Oldest first. */
  readonly #arrivals = new Set<Item>();
  readonly #again: Item[] = [];
  readonly #running = new Set<Item>();
  #aloneRunning: Item | null = null;
  #questionsInARow = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#running.size;
  }

  get waiting(): number {
    return this.#arrivals.size + this.#again.length;
  }

  get waitingBytes(): number {
    return sum([...this.#arrivals, ...this.#again], 'bytes');
  }

  get runningTokens(): number {
    return sum(this.#running, 'tokens');
  }

  waitingOf(priority: Priority): number {
    return [...this.#arrivals, ...this.#again].filter((item) => item.priority === priority).length;
  }

  /** The earliest deadline of what waits to be begun; null without any. */
  get nextDeadlineMs(): number | null {
    const deadlines = [...this.#arrivals].flatMap(({ deadlineMs }) => deadlineMs ?? []);
    return deadlines.length === 0 ? null : Math.min(...deadlines);
  }

  /** Lets a request wait. @returns those refused for want of room: this one, or routine work it took the place of */
  add(item: Item): readonly Item[] {
    const room = item.sequences === 0 ? [] : this.#roomFor(item);
    if (room === null) return [item];
    for (const refused of room) this.remove(refused);
    this.#arrivals.add(item);
    this.#lineOf(item).push(item);
    return room;
  }

  /** Lets a request that ran wait once more: it goes first, and alone. */
  retry(item: Item): void {
    this.finish(item);
    // Questions before routine work, each in the order they were begun.
    const behind = this.#again.findIndex(
      ({ priority }) => item.priority === 'question' && priority === 'routine',
    );
    this.#again.splice(behind === -1 ? this.#again.length : behind, 0, item);
  }

  /** Takes out what waits. @returns whether it waited */
  remove(item: Item): boolean {
    const again = this.#again.indexOf(item);
    if (again !== -1) this.#again.splice(again, 1);
    return again !== -1 || (this.#arrivals.delete(item) && this.#lineOf(item).remove(item));
  }

  /** Takes out what has reached its deadline before it was begun. */
  removeExpired(nowMs: number): readonly Item[] {
    return this.#removeAll(
      [...this.#arrivals].filter(({ deadlineMs }) => deadlineMs !== null && deadlineMs <= nowMs),
    );
  }

  /** Takes out all that waits. */
  removeWaiting(): readonly Item[] {
    return this.#removeAll([...this.#again, ...this.#arrivals]);
  }

  /** The next request to be begun now, which counts as running until `finish` or `retry`; null when there is none. */
  start(): Item | null {
    if (this.#aloneRunning !== null) return null;
    if (this.#again.length > 0) {
      if (this.#running.size > 0) return null;
      this.#aloneRunning = this.#again.shift() ?? null;
      if (this.#aloneRunning !== null) this.#running.add(this.#aloneRunning);
      return this.#aloneRunning;
    }
    const item = this.#beside.take() ?? this.#takeFitting();
    if (item === null) return null;
    this.#arrivals.delete(item);
    this.#running.add(item);
    return item;
  }

  finish(item: Item): void {
    this.#running.delete(item);
    if (this.#aloneRunning === item) this.#aloneRunning = null;
  }

  /** Out of its line comes whose turn it is, when it fits beside what runs. */
  #takeFitting(): Item | null {
    const { question, routine } = this.#waiting;
    const isRoutineDue = routine.size > 0 && this.#questionsInARow >= QUESTIONS_IN_A_ROW;
    const line = question.size > 0 && !isRoutineDue ? question : routine;
    const item = line.peek();
    if (item === undefined || !this.#fits(item, isRoutineDue)) return null;
    line.take();
    this.#questionsInARow = line === question && routine.size > 0 ? this.#questionsInARow + 1 : 0;
    return item;
  }

  #fits(item: Item, isDue: boolean): boolean {
    if (this.#running.size === 0) return true;
    const isRoutine = item.priority === 'routine';
    if (isRoutine && !isDue && [...this.#running].some(({ priority }) => priority === 'question'))
      return false;
    const { maxBatch, maxRunningTokens } = this.#limits;
    const places = isRoutine && !isDue ? maxBatch - 1 : maxBatch;
    return (
      sum(this.#running, 'sequences') + item.sequences <= places &&
      sum(this.#running, 'tokens') + item.tokens <= maxRunningTokens
    );
  }

  /** What has to be refused for this one to wait; null when it finds no room itself. */
  #roomFor(item: Item): readonly Item[] | null {
    const share = item.priority === 'routine' ? 2 : 1;
    const maxWaiting = Math.max(1, Math.floor(this.#limits.maxWaiting / share));
    const maxBytes = this.#limits.maxWaitingBytes / share;
    let [count, bytes] = [this.waiting + 1, this.waitingBytes + item.bytes];
    const isOver = () => count > 1 && (count > maxWaiting || bytes > maxBytes);
    const refused: Item[] = [];
    const newestFirst = item.priority === 'question' ? [...this.#arrivals].reverse() : [];
    for (const other of newestFirst) {
      if (!isOver()) break;
      if (other.priority !== 'routine') continue;
      refused.push(other);
      count--;
      bytes -= other.bytes;
    }
    return isOver() ? null : refused;
  }

  #lineOf(item: Item): StreamRounds<Item> {
    return item.sequences === 0 ? this.#beside : this.#waiting[item.priority];
  }

  #removeAll(items: readonly Item[]): readonly Item[] {
    for (const item of items) this.remove(item);
    return items;
  }
}

function sum<Key extends 'sequences' | 'tokens' | 'bytes'>(
  items: Iterable<Record<Key, number>>,
  key: Key,
): number {
  let total = 0;
  for (const item of items) total += item[key];
  return total;
}
