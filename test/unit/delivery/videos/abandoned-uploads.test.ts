import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clearAbandoned, clearArrivals } from '../../../../src/delivery/videos/abandoned-uploads.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'abandoned-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A file that was last written so many seconds after 1970. */
function write(name: string, seconds: number): void {
  writeFileSync(join(folder, name), 'x');
  utimesSync(join(folder, name), seconds, seconds);
}

it('removes resumable uploads by the time of their last byte, each with the file that tells of it', async () => {
  write('old', 100);
  write('old.json', 50);
  write('going-on', 300);
  write('going-on.json', 50);
  write('finished.json', 50); // the server died between the two
  write('just-begun.json', 300);
  await clearAbandoned(folder, 200_000);
  expect(readdirSync(folder).sort()).toEqual(['going-on', 'going-on.json', 'just-begun.json']);
});

it('takes a folder that is not there for an empty one', async () => {
  await expect(clearAbandoned(join(folder, 'none'), 1)).resolves.toBeUndefined();
});

it('removes what a server before was taking in, but not the folder of resumable uploads', async () => {
  write('half', 100);
  mkdirSync(join(folder, 'tus'));
  await clearArrivals(folder);
  expect(readdirSync(folder)).toEqual(['tus']);
});
