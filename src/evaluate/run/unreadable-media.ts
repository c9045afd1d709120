import type { RequestError } from '../../shared/errors.js';

/** A picture or video of an item is missing or cannot be read; other items can be answered all the same. */
export class UnreadableMedia extends Error {
  override readonly name = 'UnreadableMedia';

  constructor(readonly reason: RequestError) {
    super(reason.message, { cause: reason });
  }
}
