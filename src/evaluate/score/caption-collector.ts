import { captionScores, type CaptionScores, type RawCaption } from '../captions/caption-scores.js';
import { RequestError } from '../../shared/errors.js';
import type { ScoreLine } from './score-line.js';

/**
 * Holds captions until all are there, as CIDEr weighs words by all of them. Lines of one id are one item: the last
 * prediction counts, and the references add up, as in the reference.
 */
export class CaptionCollector {
  private readonly items = new Map<string | number, { prediction: string; references: readonly string[] }>();
  private scores: CaptionScores | null = null;

  add({ line, id, prediction, references }: ScoreLine): void {
    // An id is never an array, so that a line without one is like no other.
    const key = id ?? `[line ${line}]`;
    const known = this.items.get(key);
    const all = known === undefined ? references : [...known.references, ...references];
    if (all.length === 0) {
      throw new RequestError(
        'no_references',
        `line ${line} has no references, which captions cannot be scored without: give at least one`,
      );
    }
    this.items.set(key, { prediction, references: all });
    this.scores = null;
  }

  /** null when there is no item. */
  result(): CaptionScores | null {
    if (this.items.size === 0) return null;
    this.scores ??= captionScores([...this.items.values()] satisfies RawCaption[]);
    return this.scores;
  }
}
