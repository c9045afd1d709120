import type { NgramCounts } from './ngram-counts.js';

/** In how many items each word sequence is in some reference. */
export class DocumentFrequency {
  private counts = new Int32Array(1 << 12);
  private lastItem = new Int32Array(1 << 12).fill(-1);
  private items = 0;

  /** How many items were added. */
  get size(): number {
    return this.items;
  }

  /** Adds the references of one item. */
  add(references: readonly NgramCounts[]): void {
    for (const { numbers } of references) {
      for (const number of numbers) {
        while (number >= this.counts.length) this.grow();
        if (this.lastItem[number] === this.items) continue;
        this.lastItem[number] = this.items;
        this.counts[number] = (this.counts[number] ?? 0) + 1;
      }
    }
    this.items++;
  }

  of(number: number): number {
    return this.counts[number] ?? 0;
  }

  private grow(): void {
    const { counts, lastItem } = this;
    this.counts = new Int32Array(counts.length * 2);
    this.counts.set(counts);
    this.lastItem = new Int32Array(counts.length * 2).fill(-1);
    this.lastItem.set(lastItem);
  }
}
