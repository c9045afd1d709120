const LINE_FEED = 0x0a;

/**
 * The lines of UTF-8 text, as its bytes come. Only line feeds end a line: JSON may hold U+2028 as it is, at which Node's
 * readline cuts.
 */
export class LineCutter {
  #unfinished: Uint8Array[] = [];
  #unfinishedBytes = 0;

  /** Bytes of the line that has not ended yet. */
  get unfinishedBytes(): number {
    return this.#unfinishedBytes;
  }

  /** @returns the lines that end in these bytes, without their ends */
  push(chunk: Uint8Array): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      this.#keep(chunk.subarray(from, end));
      lines.push(this.end());
      from = end + 1;
    }
    this.#keep(chunk.subarray(from));
    return lines;
  }

  /** @returns the line that no line feed has ended; empty when there is none */
  end(): string {
    const line = Buffer.concat(this.#unfinished).toString('utf8');
    this.#unfinished = [];
    this.#unfinishedBytes = 0;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  #keep(bytes: Uint8Array): void {
    this.#unfinished.push(bytes);
    this.#unfinishedBytes += bytes.length;
  }
}
