import { expect, it } from 'vitest';
import { cameraNews } from '../../../dashboard/cameras/camera-news.js';
import type { TopicView } from '../../../dashboard/live/topic-log.js';
import type { StreamBody } from '../../../src/delivery/streams/stream-shape.js';

const stream = {
  running: true,
  state: { state: 'connecting', reason: 'it is opened' },
  counts: { dropped_busy: 1 },
  plan: { tasks: [{ task: 'caption' }, { task: 'detect', things: ['cow'] }] },
} as StreamBody;
const said = (text: string, more: object = {}) => {
  return { kind: 'caption', ask_id: null, text, timing_ms: { total: 40 }, ...more };
};
const viewOf = (events: object[], partials: object[] = [], unkept: object[] = []): TopicView =>
  ({
    events: events.map((event, i) => ({ seq: i, atMs: i * 1000, event })),
    unkept: unkept.map((event) => ({ atMs: 60_000, event })),
    partials: new Map(partials.map((partial, i) => [String(i), partial])),
  }) as unknown as TopicView;

it('is what the plan said last, not what a person asked', () => {
  const answer = said('yes', { kind: 'answer', ask_id: 'q', question: 'a cow?' });
  const { words } = cameraNews(viewOf([said('a cow'), said(' two cows '), answer]), stream);
  expect(words).toEqual({ text: 'two cows', atMs: 1000, totalMs: 40 });
});

it('shows what is being written for the plan', () => {
  const partials = [
    { ask_id: null, text: 'a c' },
    { ask_id: 'q', text: 'ye' },
  ];
  expect(cameraNews(viewOf([], partials), stream).writing?.text).toBe('a c');
});

it('knows the state and the drops that were told since the camera was asked for', () => {
  const events = [
    { kind: 'dropped', reason: 'busy', windows: 2, total_windows: 5 },
    { kind: 'state', state: 'live', reason: 'pictures come' },
  ];
  expect(cameraNews(viewOf(events), stream)).toMatchObject({
    state: 'live',
    reason: 'pictures come',
    drops: 5,
  });
  expect(cameraNews(viewOf([]), stream)).toMatchObject({ state: 'connecting', drops: 1 });
});

it('goes on with what the server could not keep', () => {
  const unkept = [{ kind: 'state', state: 'retrying', reason: 'no answer' }, said('a cat')];
  expect(
    cameraNews(viewOf([said('a cow'), { kind: 'state', state: 'live' }], [], unkept), stream),
  ).toMatchObject({
    state: 'retrying',
    reason: 'no answer',
    words: { text: 'a cat', atMs: 60_000 },
  });
});

it('does not take an old state for one of a camera that was stopped', () => {
  const stopped = { ...stream, running: false, state: null, counts: null };
  expect(cameraNews(viewOf([{ kind: 'state', state: 'live' }]), stopped)).toMatchObject({
    state: 'stopped',
    drops: 0,
  });
});

it.each([
  ['while its plan looks for things', stream, [], 7],
  ['not of a plan that is no more', { ...stream, plan: { tasks: [{ task: 'caption' }] } }, [], undefined],
  ['not of a camera that was stopped', { ...stream, running: false, state: null }, [], undefined],
  ['not of an earlier run', stream, [{ kind: 'state', state: 'ended' }], undefined],
  ['while its picture comes again', stream, [{ kind: 'state', state: 'retrying' }], 7],
])('shows what was found %s', (_, camera, states, seconds) => {
  const found = { kind: 'detections', ask_id: null, seconds: 7, found: [] };
  const view = viewOf([found, ...states, { kind: 'state', state: 'live' }]);
  expect(cameraNews(view, camera as StreamBody).things?.seconds).toBe(seconds);
});
