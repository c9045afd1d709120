import type { StoredEvent } from './stored-event.js';

/** What is looked for among captions, answers and texts; what is not given does not matter. */
export interface SearchQuery {
  /** All of these words, in any order; the last one may be the beginning of a word. Left out: the newest of all. */
  readonly words?: string;
  readonly topic?: string;
  /** Only topics that fit one of these patterns (`streams/door-*`). */
  readonly topics?: readonly string[];
  readonly kinds?: readonly string[];
  /** Milliseconds since 1970, inclusive. */
  readonly fromMs?: number;
  /** Exclusive. */
  readonly toMs?: number;
  readonly order: 'best' | 'newest';
  readonly limit: number;
  readonly offset: number;
}

export interface SearchHit extends StoredEvent {
  /** A part of the text with the words in `[` and `]`; its beginning where none were given. */
  readonly excerpt: string;
}
