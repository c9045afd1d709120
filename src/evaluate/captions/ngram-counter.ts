import { LONGEST_NGRAM, type NgramCounts } from './ngram-counts.js';
import { NgramTable } from './ngram-table.js';

/** Counts are written into blocks of so many, as a buffer for each text would take more memory than its numbers. */
const BLOCK = 1 << 16;

/** Counts word sequences of texts that share their numbering. */
export class NgramCounter {
  private readonly table = new NgramTable();
  private readonly words = new Map<string, number>();
  /** By number of a sequence: the text it was last in (counted from 1), and its place in that text. */
  private marks = new Int32Array(1 << 12);
  private texts = 0;
  private block = new Block(BLOCK);

  count(words: readonly string[]): NgramCounts {
    const ids = words.map((word) => this.wordNumber(word));
    const most = ids.length * LONGEST_NGRAM;
    if (this.block.left < most) this.block = new Block(Math.max(BLOCK, most));
    const { numbers, lengths, times, used } = this.block;
    const text = ++this.texts;
    let end = used;
    for (let start = 0; start < ids.length; start++) {
      let number = -1;
      for (let length = 1; length <= LONGEST_NGRAM && start + length <= ids.length; length++) {
        number = this.table.numberOf(number, ids[start + length - 1] ?? 0);
        const mark = number * 2;
        if (mark >= this.marks.length) this.grow();
        if (this.marks[mark] !== text) {
          this.marks[mark] = text;
          this.marks[mark + 1] = end;
          numbers[end] = number;
          lengths[end] = length;
          end++;
        }
        const place = this.marks[mark + 1] ?? 0;
        times[place] = (times[place] ?? 0) + 1;
      }
    }
    this.block.used = end;
    return {
      words: words.length,
      numbers: numbers.subarray(used, end),
      lengths: lengths.subarray(used, end),
      times: times.subarray(used, end),
    };
  }

  private wordNumber(word: string): number {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    this.words.set(word, this.words.size);
    return this.words.size - 1;
  }

  private grow(): void {
    const { marks } = this;
    this.marks = new Int32Array(marks.length * 2);
    this.marks.set(marks);
  }
}

class Block {
  readonly numbers: Int32Array;
  readonly lengths: Uint8Array;
  readonly times: Int32Array;
  used = 0;

  constructor(size: number) {
    this.numbers = new Int32Array(size);
    this.lengths = new Uint8Array(size);
    this.times = new Int32Array(size);
  }

  get left(): number {
    return this.numbers.length - this.used;
  }
}
