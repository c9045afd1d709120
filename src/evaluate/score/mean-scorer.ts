import type { ScoreLine } from './score-line.js';

/** The mean of a number of each line. Lines without references do not count, as in the reference. */
export class MeanScorer {
  private sum = 0;
  private count = 0;

  constructor(private readonly scoreOf: (prediction: string, references: readonly string[]) => number) {}

  add({ prediction, references }: ScoreLine): void {
    if (references.length === 0) return;
    this.sum += this.scoreOf(prediction, references);
    this.count++;
  }

  score(): number | null {
    return this.count === 0 ? null : this.sum / this.count;
  }
}
