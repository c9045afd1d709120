/** Turns ids into text one by one; the checkpoint's tokenizer gives one for each answer. */
export interface TextWriter {
  /** The text an id adds; empty for special tokens and inside a multi-byte character. */
  push(id: number): string;
  /** What an unfinished character at the end becomes. */
  end(): string;
}
