import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DROPS } from '../../../../src/delivery/operations/drops.js';
import { METRICS } from '../../../../src/delivery/operations/metrics.js';
import { STAGES } from '../../../../src/delivery/operations/stages.js';

const document = readFileSync('docs/metrics.md', 'utf8');

/** The rows of the table whose head begins with a word. */
function rows(head: string): string[] {
  const table = document.split(`\n| ${head} |`)[1]?.split('\n\n')[0] ?? '';
  return table.trimEnd().split('\n').slice(2);
}

it('tells every metric as the source does', () => {
  const told = METRICS.map(({ name, type, labels = [], help }) => {
    const named = labels.map((label) => `\`${label}\``).join(', ');
    return `| \`${name}\` | ${type} | ${named} | ${help} |`;
  });
  expect(rows('metric')).toEqual(told);
});

it('tells every stage in its order', () => {
  expect(rows('stage').map((row) => /`(\w+)`/.exec(row)?.[1])).toEqual([...STAGES]);
});

it('tells every reason for a drop as the source does', () => {
  expect(rows('reason')).toEqual(
    DROPS.map(({ reason, unit, why }) => `| \`${reason}\` | ${unit} | ${why} |`),
  );
});

it('gives names that Prometheus takes, totals to counters alone', () => {
  for (const { name, type } of METRICS) {
    expect(name).toMatch(/^palistream_[a-z_]+$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
  }
});
