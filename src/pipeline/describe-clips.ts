import { concat, defer, type Observable, of } from 'rxjs';
import type { GenerationOptions } from '../language/generation.js';
import type { Model } from '../model/model.js';
import { BugError } from '../shared/errors.js';
import type { Clip } from '../shared/frame.js';
import { askClip } from './ask-clip.js';
import type { PipelineEvent, Question, ThingsQuestion } from './events.js';
import { findThings, type ThingsSetting } from './find-things.js';
import { prefetchOne } from './prefetch-one.js';
import { pullMap } from './pull-map.js';
import { type CapturedClip, stampCapture } from './stamp-capture.js';
import { BoxTracker } from './track-boxes.js';

export interface Description {
  /** Begins to read the source; called at each subscription, ended by the signal. */
  readonly open: (signal: AbortSignal) => AsyncIterable<Clip>;
  /** How many clips there will be, asked after each; null when only the end will tell. */
  readonly total: () => number | null;
  readonly model: Model;
  /** Asked about every clip in this order; its frames are encoded once, whatever their number. */
  readonly questions: readonly Question[];
  readonly options: GenerationOptions;
  /** Needed by questions that are answered with boxes. */
  readonly things?: ThingsSetting;
  /** The clock, milliseconds since 1970. */
  readonly now?: () => number;
}

/** Lossless: every clip of a file is asked about, the next one being decoded meanwhile, and no more than one. */
export function describeClips(description: Description): Observable<PipelineEvent> {
  const { open, total, questions, now = Date.now } = description;
  const asker =
    (trackers: ReadonlyMap<Question, BoxTracker>) =>
    (captured: CapturedClip): Observable<PipelineEvent> =>
      concat(
        ...questions.map((question) => askOne(description, captured, question, trackers.get(question))),
        defer(() => of(progressAfter(captured.clip, total()))), // one
      );
  return concat(
    of({ kind: 'state', state: 'running' } as const),
    defer(() => {
      const ask = asker(new Map(questions.map((question) => [question, new BoxTracker()])));
      return pullMap((signal) => prefetchOne(stampCapture(open(signal), now)), ask); // Clip -> events
    }),
    of({ kind: 'state', state: 'finished' } as const),
  );
}

/** Words: partials, then the whole. Things: one event. */
function askOne(
  { model, options, things, now = Date.now }: Description,
  captured: CapturedClip,
  question: Question,
  tracker = new BoxTracker(),
): Observable<PipelineEvent> {
  if (!isAboutThings(question)) return askClip(model, captured, question, options, now);
  if (things === undefined) {
    throw new BugError('things_setting', 'boxes were asked for without the size of the video: report it');
  }
  return findThings(model, captured, question, options, things, tracker, now);
}

function isAboutThings(question: Question): question is ThingsQuestion {
  return question.kind === 'detect' || question.kind === 'segment';
}

function progressAfter(clip: Clip, total: number | null): PipelineEvent {
  return { kind: 'progress', done: clip.index + 1, total, atSeconds: clip.endSeconds };
}
