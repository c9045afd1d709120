/** Numbers a place holds: the shorter sequence plus 2 (0 marks an empty place), the last word, the number. */
const FIELDS = 4; // the fourth keeps places within one line of the processor's cache
/** Share of the places that may be taken before the table grows. */
const FULL = 0.6;

/**
 * Numbers for word sequences: `(number of a shorter sequence, word)` to a number of its own, counted from 0.
 *
 * An open hash table in one typed array: a Map ends at 16.7 million entries, which 100,000 captions come near, and
 * takes ten times the memory.
 */
export class NgramTable {
  private places = 1 << 12;
  private fields = new Int32Array(this.places * FIELDS);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** @param before number of the sequence without its last word; -1 for none */
  numberOf(before: number, word: number): number {
    if (this.count > this.places * FULL) this.grow();
    const at = this.placeOf(before + 2, word);
    if (this.fields[at] === 0) this.put(at, before + 2, word, this.count++);
    return this.fields[at + 2] ?? 0;
  }

  /** Where in `fields` a sequence is, or would be. */
  private placeOf(before: number, word: number): number {
    const { fields } = this;
    const mask = this.places - 1;
    let place = Math.imul(Math.imul(before, 0x9e3779b1) ^ word, 0x85ebca6b);
    place = (place ^ (place >>> 15)) & mask;
    for (;;) {
      const at = place * FIELDS;
      if (fields[at] === 0 || (fields[at] === before && fields[at + 1] === word)) return at;
      place = (place + 1) & mask;
    }
  }

  private put(at: number, before: number, word: number, number: number): void {
    this.fields[at] = before;
    this.fields[at + 1] = word;
    this.fields[at + 2] = number;
  }

  private grow(): void {
    const old = this.fields;
    this.places *= 2;
    this.fields = new Int32Array(this.places * FIELDS);
    for (let at = 0; at < old.length; at += FIELDS) {
      const [before = 0, word = 0, number = 0] = [old[at], old[at + 1], old[at + 2]];
      if (before !== 0) this.put(this.placeOf(before, word), before, word, number);
    }
  }
}
