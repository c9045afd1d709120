import type { JobBody } from '../../src/delivery/videos/job-shape.js';
import type { VideoTaskBody } from '../../src/delivery/videos/video-plan.js';
import type { ErrorBody, PartialBody, ThingsBody, WordsBody } from '../live/event-bodies.js';
import type { TopicView } from '../live/topic-log.js';
import { partialKey } from '../live/partial-key.js';
import { lookOf } from './look-of.js';
import type { SeenDrawing } from './seen-drawing.js';

/** What is said of a stretch of the film. */
export interface Line {
  /** No other line of the video has it. */
  readonly key: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly text: string;
  /** It is still being written. */
  readonly isPartial: boolean;
}

/** What belongs to a task of a job. */
interface OfTask {
  readonly job?: string;
  readonly task_index?: number;
}

/** All that is known of a video, as its view shows it. */
export interface VideoResults {
  readonly summary: Line | null;
  readonly captions: readonly Line[];
  /** What was read, and what own prompts gave. */
  readonly texts: readonly Line[];
  readonly answers: readonly (WordsBody & { readonly seq: number })[];
  readonly drawings: readonly SeenDrawing[];
  /** Names of what was found, in the order they came. */
  readonly labels: readonly string[];
  readonly errors: readonly ErrorBody[];
}

/**
 * Sorts what a video's topic told, by the tasks of its jobs. Of tasks that were done twice the newest job's counts, and
 * of two of one kind in a job the first, as in the files that are saved; all that was read and prompted is there.
 */
export function videoResults(view: TopicView, jobs: readonly JobBody[]): VideoResults {
  const plans = new Map(jobs.map((job) => [job.id, job.plan.tasks]));
  const tasksOf = (of: OfTask): readonly VideoTaskBody[] => plans.get(of.job ?? '') ?? [];
  const words = view.events.flatMap(({ seq, event }) =>
    event.kind === 'caption' || event.kind === 'answer' || event.kind === 'text' ? [{ ...event, seq }] : [],
  );
  const partials = [...view.partials.values()];
  const firstOf = (kind: VideoTaskBody['task']): Line[] =>
    newestLines(
      words,
      partials,
      (one) => tasksOf(one).findIndex(({ task }) => task === kind) === (one.task_index ?? 0),
    );
  const allOf = (kind: VideoTaskBody['task']): Line[] =>
    newestLines(words, partials, (one) => tasksOf(one)[one.task_index ?? 0]?.task === kind);
  const looks = view.events.flatMap(({ event }) =>
    event.kind === 'detections' || event.kind === 'masks' ? [event] : [],
  );
  return {
    summary: firstOf('summary')[0] ?? null,
    captions: firstOf('captions'),
    texts: [...allOf('read'), ...allOf('prompt')].sort(byStart),
    answers: words.filter(({ kind }) => kind === 'answer'),
    drawings: drawingsOf(looks, jobs),
    labels: [...new Set(looks.flatMap(({ found }) => found.map(({ label }) => label)))],
    errors: view.events.flatMap(({ event }) => (event.kind === 'error' && 'clip' in event ? [event] : [])),
  };
}

/** The lines of the newest job that has some, with the one that is being written. */
function newestLines(
  words: readonly WordsBody[],
  partials: readonly PartialBody[],
  isWanted: (one: OfTask) => boolean,
): Line[] {
  const whole = words.filter(isWanted);
  const written = partials.filter(isWanted);
  const job = written.at(-1)?.job ?? whole.at(-1)?.job;
  const lines = [
    ...whole.filter((one) => one.job === job).map((one) => lineOf(one, false)),
    ...written.filter((one) => one.job === job).map((one) => lineOf(one, true)),
  ];
  return lines.sort(byStart);
}

function lineOf(words: WordsBody | PartialBody, isPartial: boolean): Line {
  const { start_seconds: startSeconds, end_seconds: endSeconds, text } = words;
  return { key: partialKey(words), startSeconds, endSeconds, text: text.trim(), isPartial };
}

function byStart(a: Line, b: Line): number {
  return a.startSeconds - b.startSeconds;
}

/** A drawing for each task that looked for things; one that a later task looked for again is left out. */
function drawingsOf(looks: readonly ThingsBody[], jobs: readonly JobBody[]): SeenDrawing[] {
  const sought = new Set<string>();
  const drawings: SeenDrawing[] = [];
  for (const job of [...jobs].reverse()) {
    for (const [place, task] of job.plan.tasks.entries()) {
      const names = 'things' in task ? task.things : 'expression' in task ? [task.expression] : [];
      const own = looks.filter((look) => look.job === job.id && look.task_index === place);
      if (own.length === 0 || names.every((name) => sought.has(name))) continue;
      for (const name of names) sought.add(name);
      drawings.push({ looks: own.map(lookOf), words: [] });
    }
  }
  return drawings;
}
