import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as library from '../../../src/index.js';

it('exports the functions for boxes and masks that the documentation names', () => {
  const [, text = ''] = readFileSync('docs/evaluate/metrics.md', 'utf8').split('## Detection and masks\n');
  const names = [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(names).toContain('polygonMask');
  expect(names.filter((name) => name === undefined || !(name in library))).toEqual([]);
});
