import { expect, it } from 'vitest';
import type { EventBodies } from '../../../dashboard/live/event-bodies.js';
import type { TopicView } from '../../../dashboard/live/topic-log.js';
import { videoResults } from '../../../dashboard/videos/video-results.js';
import type { JobBody } from '../../../src/delivery/videos/job-shape.js';

const jobOf = (id: string, tasks: unknown[]): JobBody => ({ id, plan: { tasks } }) as JobBody;

function viewOf(events: object[], partials: object[] = []): TopicView {
  return {
    events: events.map((event, i) => ({ seq: i + 1, atMs: 0, event: event as EventBodies })),
    partials: new Map(partials.map((partial, i) => [String(i), partial])),
  } as unknown as TopicView;
}
const caption = (job: string, task_index: number, start: number, text: string) => {
  return {
    kind: 'caption',
    job,
    task_index,
    clip: start,
    start_seconds: start,
    end_seconds: start + 5,
    text,
  };
};
const look = (job: string, label: string) => {
  const found = [{ label, track: 1, score: 1, box: { y_min: 0, x_min: 0.5, y_max: 1, x_max: 1 } }];
  return { kind: 'detections', job, task_index: 0, clip: 0, seconds: 1, end_seconds: 2, found };
};

it('tells the summary from the captions, with the one that is written', () => {
  const jobs = [jobOf('a', [{ task: 'summary' }, { task: 'captions' }])];
  const events = [caption('a', 0, 0, ' all of it '), caption('a', 1, 0, 'first')];
  const { summary, captions } = videoResults(viewOf(events, [caption('a', 1, 5, 'sec')]), jobs);
  expect(summary?.text).toBe('all of it');
  expect(captions.map(({ text, isPartial }) => [text, isPartial])).toEqual([
    ['first', false],
    ['sec', true],
  ]);
});

it('shows the captions of the newest job alone', () => {
  const jobs = [jobOf('a', [{ task: 'captions' }]), jobOf('b', [{ task: 'captions' }])];
  const events = [caption('a', 0, 0, 'old'), caption('a', 0, 5, 'old'), caption('b', 0, 0, 'new')];
  expect(videoResults(viewOf(events), jobs).captions.map(({ text }) => text)).toEqual(['new']);
});

it('shows the captions of the first of two tasks of a job alone', () => {
  const jobs = [jobOf('a', [{ task: 'summary' }, { task: 'captions' }, { task: 'captions', lang: 'de' }])];
  const events = [1, 2].flatMap((task) => [0, 5].map((at) => caption('a', task, at, `${task} at ${at}`)));
  const { captions } = videoResults(viewOf(events, [caption('a', 2, 10, '2 at 1')]), jobs);
  expect(captions.map(({ text }) => text)).toEqual(['1 at 0', '1 at 5']);
});

it('shows all that was read and prompted, in the order of the film, each with a key of its own', () => {
  const jobs = [
    jobOf('a', [{ task: 'prompt' }, { task: 'prompt' }]),
    jobOf('b', [{ task: 'read' }]),
    jobOf('c', [{ task: 'captions' }]),
  ];
  const text = (...args: Parameters<typeof caption>) => ({ ...caption(...args), kind: 'text' });
  const events = [
    text('a', 0, 0, 'first'),
    text('a', 0, 5, 'first, later'),
    text('a', 1, 0, 'second'),
    text('b', 0, 0, 'EXIT'),
    text('b', 0, 2, 'TAXI'),
  ];
  const { texts } = videoResults(viewOf(events), jobs);
  expect(texts.map(({ startSeconds }) => startSeconds)).toEqual([0, 0, 0, 2, 5]);
  expect(new Set(texts.map(({ text }) => text)).size).toBe(5);
  expect(new Set(texts.map(({ key }) => key)).size).toBe(5);
});

it('draws what the newest job found of things that were looked for twice', () => {
  const jobs = ['a', 'b', 'c'].map((id, i) =>
    jobOf(id, [{ task: 'detect', things: [i === 1 ? 'cat' : 'dog'] }]),
  );
  const { drawings, labels } = videoResults(
    viewOf([look('a', 'dog'), look('b', 'cat'), look('c', 'dog')]),
    jobs,
  );
  expect(drawings.map(({ looks }) => looks[0]?.things[0]?.label)).toEqual(['dog', 'cat']);
  expect(labels).toEqual(['dog', 'cat']);
  expect(drawings[0]?.looks[0]?.things[0]?.box).toEqual({ yMin: 0, xMin: 0.5, yMax: 1, xMax: 1 });
});
