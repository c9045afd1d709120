import { utimes } from 'node:fs/promises';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Sets the time of something in the cache folder each day, so that no other process takes it for unused while this one
 * has it open: see `removeStale`.
 * @returns what ends that
 */
export function keepUsed(path: string): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined); // a folder that is only read keeps its old times
  }, DAY_MS).unref();
  return () => {
    clearInterval(timer);
  };
}
