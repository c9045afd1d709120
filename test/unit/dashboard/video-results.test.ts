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
