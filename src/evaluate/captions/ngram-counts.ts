import { NgramTable } from './ngram-table.js';

/** Word sequences of a text of one to four words, each with its number of times. */
export interface NgramCounts {
  /** Words of the text. */
  readonly words: number;
  /** Distinct sequences, of any length; `lengths` (in words) and `times` go with it. */
  readonly numbers: Int32Array;
  readonly lengths: Uint8Array;
  readonly times: Int32Array;
}

export const LONGEST_NGRAM = 4;

/** Counts word sequences of texts that share their numbering. */
export class NgramCounter {
  private readonly table = new NgramTable();
  private readonly words = new Map<string, number>();
  /** By number of a sequence: the text it was last in, and its place among the sequences of that text. */
  private lastText = new Int32Array(1 << 12).fill(-1);
  private place = new Int32Array(1 << 12);
  private texts = 0;

  /** How many distinct sequences there were so far; their numbers are below it. */
  get size(): number {
    return this.table.size;
  }

  count(words: readonly string[]): NgramCounts {
    const ids = words.map((word) => this.wordNumber(word));
    const most = ids.length * LONGEST_NGRAM;
    const numbers = new Int32Array(most);
    const lengths = new Uint8Array(most);
    const times = new Int32Array(most);
    let distinct = 0;
    for (let start = 0; start < ids.length; start++) {
      let number = -1;
      for (let length = 1; length <= LONGEST_NGRAM && start + length <= ids.length; length++) {
        number = this.table.numberOf(number, ids[start + length - 1] ?? 0);
        if (number >= this.place.length) this.grow();
        if (this.lastText[number] !== this.texts) {
          this.lastText[number] = this.texts;
          this.place[number] = distinct;
          numbers[distinct] = number;
          lengths[distinct] = length;
          distinct++;
        }
        const place = this.place[number] ?? 0;
        times[place] = (times[place] ?? 0) + 1;
      }
    }
    this.texts++;
    return {
      words: words.length,
      numbers: numbers.subarray(0, distinct),
      lengths: lengths.subarray(0, distinct),
      times: times.subarray(0, distinct),
    };
  }

  private wordNumber(word: string): number {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    this.words.set(word, this.words.size);
    return this.words.size - 1;
  }

  private grow(): void {
    const { lastText, place } = this;
    this.lastText = new Int32Array(place.length * 2).fill(-1);
    this.lastText.set(lastText);
    this.place = new Int32Array(place.length * 2);
    this.place.set(place);
  }
}
