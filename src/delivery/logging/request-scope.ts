import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of the request that something happens for. */
export interface RequestScope {
  readonly request_id: string;
}

/** Follows a request through all that is awaited for it, so that every line of the log can name it. */
export const requestScope = new AsyncLocalStorage<RequestScope>();
