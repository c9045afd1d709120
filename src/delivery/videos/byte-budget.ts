import { RequestError } from '../../shared/errors.js';

/** How many bytes videos and what was made of them take on disk, and may take. */
export class ByteBudget {
  #taken = 0;

  constructor(private readonly maxBytes: number) {}

  get taken(): number {
    return this.#taken;
  }

  /**
   * Takes bytes that are written from now on.
   * @throws RequestError `videos_full`; nothing is taken then
   */
  take(bytes: number): void {
    if (this.#taken + bytes > this.maxBytes) {
      throw new RequestError(
        'videos_full',
        `the videos would take ${this.#taken + bytes} bytes, and ${this.maxBytes} are allowed: delete some first`,
      );
    }
    this.#taken += bytes;
  }

  /** Counts bytes that are there, whether they may be or not. */
  count(bytes: number): void {
    this.#taken += bytes;
  }

  /** Gives back what was taken or counted. */
  give(bytes: number): void {
    this.#taken -= bytes;
  }
}
