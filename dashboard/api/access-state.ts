import { useSyncExternalStore } from 'react';

/** Whether the server has asked for an API key that this page does not have, or no longer. */
let isAsking = false;
const watchers = new Set<() => void>();

/** To be called when the server refused the page for want of a key. */
export function askForKey(): void {
  isAsking = true;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useKeyAsked(): boolean {
  return useSyncExternalStore(watch, () => isAsking);
}
