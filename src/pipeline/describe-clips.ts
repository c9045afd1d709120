import { concat, defer, type Observable, of } from 'rxjs';
import type { GenerationOptions } from '../language/generation.js';
import type { Model } from '../model/model.js';
import type { Clip } from '../shared/frame.js';
import { askClip } from './ask-clip.js';
import type { PipelineEvent, Question } from './events.js';
import { prefetchOne } from './prefetch-one.js';
import { pullMap } from './pull-map.js';
import { type CapturedClip, stampCapture } from './stamp-capture.js';

export interface Description {
  /** Begins to read the source; called at each subscription, ended by the signal. */
  readonly open: (signal: AbortSignal) => AsyncIterable<Clip>;
  /** How many clips there will be, asked after each; null when only the end will tell. */
  readonly total: () => number | null;
  readonly model: Model;
  /** Asked about every clip in this order; its frames are encoded once, whatever their number. */
  readonly questions: readonly Question[];
  readonly options: GenerationOptions;
  /** The clock, milliseconds since 1970. */
  readonly now?: () => number;
}

/** Lossless: every clip of a file is asked about, the next one being decoded meanwhile, and no more than one. */
export function describeClips(description: Description): Observable<PipelineEvent> {
  const { open, total, model, questions, options, now = Date.now } = description;
  const ask = (captured: CapturedClip): Observable<PipelineEvent> =>
    concat(
      ...questions.map((question) => askClip(model, captured, question, options, now)), // partials, then the whole
      defer(() => of(progressAfter(captured.clip, total()))), // one
    );
  return concat(
    of({ kind: 'state', state: 'running' } as const),
    defer(() => pullMap((signal) => prefetchOne(stampCapture(open(signal), now)), ask)), // Clip -> events
    of({ kind: 'state', state: 'finished' } as const),
  );
}

function progressAfter(clip: Clip, total: number | null): PipelineEvent {
  return { kind: 'progress', done: clip.index + 1, total, atSeconds: clip.endSeconds };
}
