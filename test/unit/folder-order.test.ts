import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

interface Row {
  readonly folder: string;
  readonly mayImport: readonly string[];
}

const { ORDER } = createRequire(import.meta.url)('../../folder-order.cjs') as { ORDER: Row[] };
/** The composition root: it may import everything, so no order is kept for it. */
const ROOT = ['cli', 'config'];

it('shows the order that is checked in src/README.md', () => {
  const rows = readFileSync('src/README.md', 'utf8').matchAll(/^\| `(\w+)` \|.*\|([^|]*)\|$/gm);
  const shown = [...rows].map(([, folder = '', imports = '']) => ({
    folder,
    mayImport: [...imports.matchAll(/`(\w+)`/g)].map((match) => match[1]),
  }));
  expect(shown).toEqual(ORDER);
});

it('has a place for every folder of src', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const known = [...ORDER.map((row) => row.folder), ...ROOT];
  expect(folders.map((entry) => entry.name).filter((name) => !known.includes(name))).toEqual([]);
});
