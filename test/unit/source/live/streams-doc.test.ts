import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDERS = ['src/source/live', 'src/pipeline'];

it('documents every code a stream tells, in docs/streams.md or docs/errors.md', () => {
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8')),
  );
  const codes = new Set(
    sources.flatMap((text) => [...text.matchAll(/'(stream_[a-z_]+)'/g)].map((match) => match[1])),
  );
  const listed = (file: string) =>
    [...readFileSync(file, 'utf8').matchAll(/^\| `(stream_\w+)` \|/gm)].map((match) => match[1]);
  const here = listed('docs/streams.md');
  const all = new Set([...here, ...listed('docs/errors.md')]);
  expect([...codes].filter((code) => !all.has(code))).toEqual([]);
  expect(here.filter((code) => !codes.has(code))).toEqual([]);
  expect(codes.size).toBeGreaterThan(10);
});
