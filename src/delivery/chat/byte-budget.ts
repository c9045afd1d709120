import { RetryableError } from '../../shared/errors.js';

/** Bytes that all chat requests hold together, so that many of them do not fill the memory. */
export class ByteBudget {
  #held = 0;

  constructor(private readonly maxBytes: number) {}

  /**
   * Counts bytes that are about to come.
   * @returns how to let them go
   * @throws RetryableError `chat_busy` when they are more than may be held
   */
  hold(bytes: number): () => void {
    if (this.#held + bytes > this.maxBytes) {
      throw new RetryableError(
        'chat_busy',
        'as many pictures and videos are being looked at as may be: try again later',
      );
    }
    this.#held += bytes;
    let isHeld = true;
    return () => {
      if (isHeld) this.#held -= bytes;
      isHeld = false;
    };
  }
}
