/** Image tokens of frames by their key, the least recently used forgotten first, bounded in bytes. */
export class ImageTokenCache {
  readonly maxBytes: number;
  readonly #entries = new Map<string, Float32Array>(); // oldest use first
  #bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Bytes held now. */
  get byteLength(): number {
    return this.#bytes;
  }

  /** Frames held now. */
  get size(): number {
    return this.#entries.size;
  }

  /** Whether the frame is held; asking this is no use of it. */
  has(key: string): boolean {
    return this.#entries.has(key);
  }

  get(key: string): Float32Array | undefined {
    const found = this.#entries.get(key);
    if (found === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, found);
    return found;
  }

  /** Keeps the array itself; one that is larger than the whole cache is not kept. */
  set(key: string, tokens: Float32Array): void {
    this.#forget(key);
    if (tokens.byteLength > this.maxBytes) return;
    this.#entries.set(key, tokens);
    this.#bytes += tokens.byteLength;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.maxBytes) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#entries.get(key)?.byteLength ?? 0;
    this.#entries.delete(key);
  }
}
