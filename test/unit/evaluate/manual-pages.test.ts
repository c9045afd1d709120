import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BENCHMARKS } from '../../../src/evaluate/benchmarks/benchmarks.js';
import { manualPage } from '../../../src/evaluate/benchmarks/manual-page.js';

const PAGES = 'docs/evaluate';

describe('manual pages', () => {
  it('are one for each benchmark, beside the pages of all', () => {
    const others = ['README.md', 'metrics.md'];
    expect(readdirSync(PAGES).sort()).toEqual(
      [...others, ...BENCHMARKS.map(({ name }) => `${name}.md`)].sort(),
    );
  });

  it.each(BENCHMARKS.map((benchmark) => [benchmark.name, benchmark] as const))(
    'say of %s what its data say',
    (name, benchmark) => {
      expect(readFileSync(join(PAGES, `${name}.md`), 'utf8')).toBe(manualPage(benchmark));
    },
  );

  it('are all linked', () => {
    const index = readFileSync(join(PAGES, 'README.md'), 'utf8');
    for (const { name, title } of BENCHMARKS) expect(index).toContain(`[${title}](${name}.md)`);
  });
});

describe('benchmarks', () => {
  it('have a number of the card for each part of the score', () => {
    for (const { card } of BENCHMARKS) {
      for (const numbers of Object.values(card.numbers)) {
        if (numbers !== null) expect(numbers.length).toBe(card.parts.length);
      }
      expect(card.numbers[224]).not.toBeNull();
    }
  });
});
