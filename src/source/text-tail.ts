/** Enough for the last complaints; a broken video can make megabytes of them. */
const MAX_CHARACTERS = 8192;

/** The end of a text that comes in pieces, in bounded memory. */
export class TextTail {
  #text = '';

  push(piece: string): void {
    this.#text = (this.#text + piece).slice(-MAX_CHARACTERS);
  }

  get text(): string {
    return this.#text;
  }
}
