import type { JobBody } from '../../src/delivery/videos/job-shape.js';
import type { VideoTaskBody } from '../../src/delivery/videos/video-plan.js';
import type { ErrorBody, PartialBody, ThingsBody, WordsBody } from '../live/event-bodies.js';
import type { TopicView } from '../live/topic-log.js';
import { lookOf } from './look-of.js';
import type { SeenDrawing } from './seen-drawing.js';

/** What is said of a stretch of the film. */
export interface Line {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly text: string;
  /** It is still being written. */
  readonly isPartial: boolean;
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

/** Sorts what a video's topic told, by the tasks of its jobs; of tasks that were done twice the newest counts. */
export function videoResults(view: TopicView, jobs: readonly JobBody[]): VideoResults {
  const plans = new Map(jobs.map((job) => [job.id, job.plan.tasks]));
  const taskOf = (of: { job?: string; task_index?: number }): VideoTaskBody | undefined =>
    plans.get(of.job ?? '')?.[of.task_index ?? 0];
  const words = view.events.flatMap(({ seq, event }) =>
    event.kind === 'caption' || event.kind === 'answer' || event.kind === 'text' ? [{ ...event, seq }] : [],
  );
  const partials = [...view.partials.values()];
  const linesOf = (task: VideoTaskBody['task']): Line[] =>
    newestLines(words, partials, (one) => taskOf(one)?.task === task);
  const looks = view.events.flatMap(({ event }) =>
    event.kind === 'detections' || event.kind === 'masks' ? [event] : [],
  );
  return {
    summary: linesOf('summary')[0] ?? null,
    captions: linesOf('captions'),
    texts: [...linesOf('read'), ...linesOf('prompt')],
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
  isWanted: (one: { job?: string; task_index?: number }) => boolean,
): Line[] {
  const whole = words.filter(isWanted);
  const written = partials.filter(isWanted);
  const job = written.at(-1)?.job ?? whole.at(-1)?.job;
  const lines = [
    ...whole.filter((one) => one.job === job).map((one) => lineOf(one, false)),
    ...written.filter((one) => one.job === job).map((one) => lineOf(one, true)),
  ];
  return lines.sort((a, b) => a.startSeconds - b.startSeconds);
}

function lineOf(words: WordsBody | PartialBody, isPartial: boolean): Line {
  const { start_seconds: startSeconds, end_seconds: endSeconds, text } = words;
  return { startSeconds, endSeconds, text: text.trim(), isPartial };
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
