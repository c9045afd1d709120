import { messageOf, RetryableError } from '../../shared/errors.js';

/** What it means that a request to the Hub, or the reading of its answer, was cut. */
export function hubUnreachable(address: string | URL, cause: unknown): RetryableError {
  return new RetryableError(
    'hub_unreachable',
    `${new URL(address).origin} cannot be reached (${reasonOf(cause)}): check the network, and HF_ENDPOINT when it is set`,
    { cause },
  );
}

/** `fetch failed` says nothing: its cause does. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error
    ? reasonOf(error.cause)
    : messageOf(error) || 'no reason told';
}
