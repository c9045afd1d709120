const EMPTY = -1;
/** Share of the places that may be taken before the table grows. */
const FULL = 0.6;

/**
 * Numbers for word sequences: `(number of a shorter sequence, word)` to a number of its own, counted from 0.
 *
 * An open hash table over typed arrays: a Map ends at 16.7 million entries, which 100,000 captions come near, and
 * takes ten times the memory.
 */
export class NgramTable {
  private before = new Int32Array(1 << 12).fill(EMPTY);
  private words = new Int32Array(1 << 12);
  private numbers = new Int32Array(1 << 12);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** @param before number of the sequence without its last word; -1 for none */
  numberOf(before: number, word: number): number {
    if (this.count > this.before.length * FULL) this.grow();
    const place = this.placeOf(before, word);
    if (this.before[place] === EMPTY) {
      this.before[place] = before + 1;
      this.words[place] = word;
      this.numbers[place] = this.count++;
    }
    return this.numbers[place] ?? EMPTY;
  }

  private placeOf(before: number, word: number): number {
    const mask = this.before.length - 1;
    let place = Math.imul(Math.imul(before + 1, 0x9e3779b1) ^ word, 0x85ebca6b);
    place = (place ^ (place >>> 15)) & mask;
    while (
      this.before[place] !== EMPTY &&
      (this.before[place] !== before + 1 || this.words[place] !== word)
    ) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private grow(): void {
    const { before, words, numbers } = this;
    const size = before.length * 2;
    this.before = new Int32Array(size).fill(EMPTY);
    this.words = new Int32Array(size);
    this.numbers = new Int32Array(size);
    before.forEach((shorter, i) => {
      if (shorter === EMPTY) return;
      const place = this.placeOf(shorter - 1, words[i] ?? 0);
      this.before[place] = shorter;
      this.words[place] = words[i] ?? 0;
      this.numbers[place] = numbers[i] ?? 0;
    });
  }
}
