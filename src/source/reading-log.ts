import { isDecoderComplaint } from './decoder-complaint.js';
import { TextTail } from './text-tail.js';

/** What ffmpeg said while a file was read, in bounded memory. */
export class ReadingLog {
  readonly #tail = new TextTail();
  #complaints = 0;

  /** Takes a line of its stderr that is not about a frame that was read. */
  add(line: string): void {
    this.#tail.push(`${line}\n`);
    if (isDecoderComplaint(line)) this.#complaints++;
  }

  /** How many lines said that the file is damaged. */
  get complaints(): number {
    return this.#complaints;
  }

  /** The last thing it said, for a sentence that quotes it. */
  get lastLine(): string {
    return this.#tail.text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  }
}
