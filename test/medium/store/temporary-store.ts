import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { openStore } from '../../../src/store/sqlite/open-store.js';
import type { Store } from '../../../src/store/store.js';

const folder = mkdtempSync(join(tmpdir(), 'store-'));
const opened: Store[] = [];
let files = 0;

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

export function storePath(): string {
  return join(folder, String(++files), 'palistream.db');
}

/** A store that is closed after the test. */
export function temporaryStore(path = storePath()): Store {
  const store = openStore(path);
  opened.push(store);
  return store;
}
