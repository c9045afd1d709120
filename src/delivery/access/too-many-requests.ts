import { RetryableError } from '../../shared/errors.js';

/** A key or an address has asked too often. */
export class TooManyRequests extends RetryableError {
  constructor(readonly retryAfterSeconds: number) {
    super('too_many_requests', `too many requests came: wait ${retryAfterSeconds} s, and send fewer`);
  }
}
