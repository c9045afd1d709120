import type { Observable } from 'rxjs';
import type { Generation, GenerationOptions } from '../language/generation.js';
import type { Model } from '../model/model.js';
import { paintMasks } from '../model/paint-masks.js';
import { type PictureSize, pixelBox } from '../tasks/pixel-box.js';
import { clipErrors } from './clip-errors.js';
import type { PipelineEvent, ThingsQuestion } from './events.js';
import { pullMap } from './pull-map.js';
import { scoredDetections } from './scored-detections.js';
import type { CapturedClip } from './stamp-capture.js';
import type { BoxTracker } from './track-boxes.js';
import { wholeText } from './whole-text.js';

/** What finding things needs beside the model. */
export interface ThingsSetting {
  /** Of the video as displayed; asked when the first clip has come. */
  readonly size: () => PictureSize;
}

const NO_MASKS = { masks: [], problems: [] };

/** Asks the model for the boxes, or boxes and masks, in the first frame of a clip: one event, or an `error`. */
export function findThings(
  model: Model,
  { clip, capturedAtMs }: CapturedClip,
  question: ThingsQuestion,
  options: GenerationOptions,
  setting: ThingsSetting,
  tracker: BoxTracker,
  now: () => number,
): Observable<PipelineEvent> {
  const span = { clip: clip.index, startSeconds: clip.startSeconds, endSeconds: clip.endSeconds };
  const [frame] = clip.frames;
  const seconds = frame?.timestampSeconds ?? clip.startSeconds;
  const request = { frames: clip.frames.slice(0, 1), prompt: question.prompt, options };

  const toEvent = async (generation: Generation, signal: AbortSignal): Promise<PipelineEvent> => {
    const size = setting.size();
    const { found, problems } = scoredDetections(generation.steps, question.convention, question.unnamed);
    const painted =
      question.kind === 'segment'
        ? await paintMasks(model, found, size, question.convention, signal)
        : NO_MASKS;
    const ids = tracker.update(seconds, found);
    return {
      kind: question.kind === 'segment' ? 'masks' : 'detections',
      ...span,
      ...wholeText(model, clip, question.prompt, generation, capturedAtMs, now()),
      seconds,
      size,
      found: found.map(({ label, box, score }, i) => ({
        label,
        track: ids[i] ?? 0,
        score,
        box,
        pixels: pixelBox(box, size, question.convention),
        mask: painted.masks[i] ?? null,
      })),
      problems: [...problems, ...painted.problems],
    };
  };

  return pullMap(
    (signal) => model.generate(request, signal),
    (event, signal) => (event.kind === 'done' ? one(toEvent(event.generation, signal)) : []),
  ).pipe(clipErrors(question.prompt, span));
}

async function* one<T>(promise: Promise<T>): AsyncGenerator<T> {
  yield await promise;
}
