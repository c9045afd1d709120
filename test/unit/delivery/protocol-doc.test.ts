import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clientMessage } from '../../../src/delivery/live/client-message.js';
import { CLOSE_CODES } from '../../../src/delivery/live/close-codes.js';
import { LIVE_LIMITS } from '../../../src/delivery/live/live-limits.js';
import { DROPS } from '../../../src/delivery/operations/drops.js';
import { statusShape } from '../../../src/delivery/operations/status-shape.js';
import { videoTaskBody } from '../../../src/delivery/videos/video-plan.js';

const document = readFileSync('docs/protocol.md', 'utf8');
/** The cells of the rows of the table whose head begins with a word. */
function rows(head: string): string[][] {
  const table = document.split(`\n| ${head} |`)[1]?.split('\n\n')[0] ?? '';
  return table
    .split('\n')
    .slice(2)
    .map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
}
const coded = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '');

it('names every limit with its value', () => {
  const named = rows('limit').map(([name, value]) => [coded(name)[0], Number(value)]);
  expect(Object.fromEntries(named)).toEqual(LIVE_LIMITS);
});

it('names every close code', () => {
  const named = rows('code').map(([code, name]) => [coded(name)[0], Number(code)]);
  expect(Object.fromEntries(named)).toEqual(CLOSE_CODES);
});

it('shows every message a client may send, as it is read', () => {
  const shown = rows('client').map(([message]) =>
    clientMessage.parse(JSON.parse((coded(message)[0] ?? '').replaceAll('/ID', '/a'))),
  );
  const types = clientMessage.options.map((option) => option.shape.type.value);
  expect(shown.map(({ type }) => type)).toEqual(types);
});

it('shows every message the server sends', () => {
  const source = readFileSync('src/delivery/live/server-message.ts', 'utf8');
  const types = [...source.matchAll(/readonly type: '(\w+)'/g)].map(([, type]) => type);
  const shown = rows('server').map(
    ([message]) => (JSON.parse(coded(message)[0] ?? '') as { type: string }).type,
  );
  expect(new Set(shown)).toEqual(new Set(types));
});

it('names every kind of event', () => {
  const kinds = new Set(rows('kind').flatMap(([kind]) => coded(kind).slice(0, 3)));
  const source = ['src/pipeline/events.ts', 'src/pipeline/stream-events.ts'].map((file) =>
    readFileSync(file, 'utf8'),
  );
  const events = source.join('').split('export type PipelineEvent').slice(1).join('');
  const told = [...events.matchAll(/readonly kind: '([\w.]+)'/g)].map(([, kind]) => kind ?? '');
  expect(told.length).toBeGreaterThan(10);
  for (const kind of told) expect(kinds).toContain(kind);
});

it('names every task', () => {
  const sentence = /Tasks are ([^.]+)\./.exec(document)?.[1];
  expect(coded(sentence)).toEqual(videoTaskBody.options.map((option) => option.shape.task.value));
});

it('shows the state of the server as it is told', () => {
  const shown = /## The state of the server[\s\S]*?```json\n([\s\S]*?)```/.exec(document)?.[1] ?? '';
  const parsed = statusShape.strict().parse(JSON.parse(shown));
  const reasons = new Map(DROPS.map(({ reason, why }) => [reason, why]));
  for (const { reason, why } of parsed.drops) expect(why).toBe(reasons.get(reason));
});
