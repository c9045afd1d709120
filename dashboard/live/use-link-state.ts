import { useSyncExternalStore } from 'react';
import type { LinkState } from './live-link.js';
import { pageLink } from './page-link.js';

/** Whether the page is connected to the server. */
export function useLinkState(): LinkState {
  return useSyncExternalStore(pageLink.watch, () => pageLink.state);
}
