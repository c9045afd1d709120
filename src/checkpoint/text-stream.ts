/** What one id stands for in a text. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'byte'; readonly byte: number }
  /** `<pad>`, `<eos>` and the like, which are no part of the text. */
  | { readonly kind: 'special' };

/**
 * Turns ids into text as they come. Bytes are held back until something else follows: as in Hugging Face's
 * ByteFallback a run of bytes is text only as a whole, and else one U+FFFD for every byte, so a single wrong byte
 * at the end changes what those before it mean.
 */
export class TextStream {
  readonly #pieceOf: (id: number) => Piece;
  #bytes: number[] = [];

  constructor(pieceOf: (id: number) => Piece) {
    this.#pieceOf = pieceOf;
  }

  /** @returns the text that is now certain, often empty inside a character */
  push(id: number): string {
    const piece = this.#pieceOf(id);
    switch (piece.kind) {
      case 'special':
        return '';
      case 'byte':
        this.#bytes.push(piece.byte);
        return '';
      case 'text':
        return this.end() + piece.text;
    }
  }

  /** @returns the text held back; the stream may be used for another text afterwards */
  end(): string {
    if (this.#bytes.length === 0) return '';
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    try {
      // Without ignoreBOM the decoder would swallow U+FEFF.
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return '\ufffd'.repeat(bytes.length);
    }
  }
}
