import { NgramCounter } from './ngram-counter.js';
import type { NgramCounts } from './ngram-counts.js';

/** What was said of one picture or video, cut into words, and what people said of it. */
export interface CaptionItem {
  readonly hypothesis: readonly string[];
  /** At least one. */
  readonly references: readonly (readonly string[])[];
}

/** The same with its word sequences counted; items are compared with those they were counted with. */
export interface CountedItem {
  readonly hypothesis: NgramCounts;
  readonly references: readonly NgramCounts[];
}

/** Counts the word sequences of captions; items are taken one by one and not held. */
export function countCaptions(items: Iterable<CaptionItem>): CountedItem[] {
  const counter = new NgramCounter();
  const counted: CountedItem[] = [];
  for (const { hypothesis, references } of items) {
    counted.push({
      hypothesis: counter.count(hypothesis),
      references: references.map((words) => counter.count(words)),
    });
  }
  return counted;
}
