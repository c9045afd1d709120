import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RETRY_SECONDS, retryWait } from '../../../src/delivery/webhooks/retry-wait.js';
import { WEBHOOK_LIMITS } from '../../../src/delivery/webhooks/webhook-limits.js';

const document = readFileSync('docs/webhooks.md', 'utf8');

it('documents every limit of webhooks with its value', () => {
  const rows = [...document.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map((row) => [row[1], Number(row[2])]);
  expect(Object.fromEntries(rows)).toEqual(WEBHOOK_LIMITS);
});

it('documents how long is waited between attempts', () => {
  const units = { s: 1, min: 60, h: 3600 };
  const sentence = /tried again after ([^.]*?), a fifth/.exec(document)?.[1] ?? '';
  const waits = [...sentence.matchAll(/(\d+) (s|min|h)\b/g)].map(
    (wait) => Number(wait[1]) * units[wait[2] as keyof typeof units],
  );
  expect(waits).toEqual([...RETRY_SECONDS]);
  expect([0, 0.5, 1].map((random) => retryWait(1, random))).toEqual([4000, 5000, 6000]);
  expect(retryWait(RETRY_SECONDS.length + 1, 0.5)).toBeNull();
});
