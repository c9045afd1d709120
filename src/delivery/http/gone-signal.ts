import type { ServerResponse } from 'node:http';

/** Fires when whoever asked has gone, or has its whole answer: nobody waits any more. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}
