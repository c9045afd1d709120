import { throwIfCancelled } from '../../shared/errors.js';
import { ANSWER_TIMEOUT_MS } from './hub-limits.js';
import { hubError } from './hub-error.js';
import { hubUnreachable } from './hub-unreachable.js';

/** How one repository is asked for. */
export interface HubConnection {
  /** `https://huggingface.co` or a mirror, without a closing `/`. */
  readonly endpoint: string;
  readonly token: string | null;
  readonly name: string;
  readonly revision: string;
  readonly signal: AbortSignal;
}

/**
 * One request to the Hub. The token goes to the endpoint only, and never in the clear to another machine; a
 * redirect to a content network takes none along (`fetch` sees to that).
 *
 * @throws what `hubError` makes of an answer that is no success; RetryableError `hub_unreachable`; CancelledError
 */
export async function hubRequest(
  connection: HubConnection,
  address: string | URL,
  init: RequestInit = {},
): Promise<Response> {
  const { endpoint, signal } = connection;
  const url = new URL(address);
  const token = mayHaveToken(url, endpoint) ? connection.token : null;
  const headers = new Headers(init.headers);
  headers.set('user-agent', 'palistream');
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(new Error(`no answer within ${ANSWER_TIMEOUT_MS / 1000} s`));
  }, ANSWER_TIMEOUT_MS);
  const signals = [signal, late.signal, ...(init.signal ? [init.signal] : [])];
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers, signal: AbortSignal.any(signals) });
  } catch (error) {
    throwIfCancelled(signal);
    throw hubUnreachable(url, error);
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return response;
  await response.body?.cancel();
  throw hubError(response.status, response.headers, { ...connection, hasToken: token !== null });
}

function mayHaveToken(url: URL, endpoint: string): boolean {
  const isPrivate = url.protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return isPrivate && url.origin === new URL(endpoint).origin;
}
