import type { Observable } from 'rxjs';
import type { LiveClip } from '../clip/live-windows.js';
import type { Generation, GenerationOptions } from '../language/generation.js';
import type { Model, ModelEvent, ModelRequest } from '../model/model.js';
import { paintMasks } from '../model/paint-masks.js';
import type { HeldPicture } from '../source/live/picture-board.js';
import { pixelBox, type PictureSize } from '../tasks/pixel-box.js';
import type { Task } from '../tasks/task.js';
import type { ClipSpan, Question, ThingsQuestion } from './events.js';
import { liveProvenance } from './live-provenance.js';
import { newestFrame } from './newest-frame.js';
import { pullMap } from './pull-map.js';
import { scoredDetections } from './scored-detections.js';
import type { StreamAnswerEvent, StreamText, StreamThings } from './stream-events.js';
import type { BoxTracker } from './track-boxes.js';
import { taskQuestion } from './video/task-question.js';

/** Frames that are looked at, and since when they wait. */
export interface LiveLook {
  readonly clip: LiveClip;
  /** Milliseconds since 1970, by the source's steady clock. */
  readonly closedAtMs: number;
  /** The picture of its newest frame. */
  readonly shown?: HeldPicture | undefined;
}

/** What a question needs beside the frames and the task. */
export interface LiveAsking {
  readonly model: Model;
  readonly options: GenerationOptions;
  /** Null for a task of the plan. */
  readonly askId: string | null;
  /** A question goes before the windows of all plans. */
  readonly priority: 'question' | 'routine';
  /** Which stream it is for: streams take turns at the model. */
  readonly stream: string;
  /** Of the picture as displayed. */
  readonly size: () => PictureSize;
  readonly tracker: BoxTracker;
  /** The source's steady clock, milliseconds since 1970. */
  readonly nowMs: () => number;
}

/**
 * Asks the model one thing about a window: words as they are written, then the whole; or boxes at once.
 *
 * Errors as `Model.generate` does; `liveErrors` tells them instead.
 */
export function askLive(asking: LiveAsking, look: LiveLook, task: Task): Observable<StreamAnswerEvent> {
  const question = taskQuestion(task);
  const span = spanOf(look);
  return isAboutThings(question)
    ? askThings(asking, look, task, question, span)
    : askWords(asking, look, task, question, span);
}

/** Where in the stream a window lies. */
export function spanOf({ clip }: LiveLook): ClipSpan {
  return { clip: clip.index, startSeconds: clip.startSeconds, endSeconds: clip.endSeconds };
}

type WordsQuestion = Exclude<Question, ThingsQuestion>;

function isAboutThings(question: Question): question is ThingsQuestion {
  return question.kind === 'detect' || question.kind === 'segment';
}

function askWords(
  asking: LiveAsking,
  look: LiveLook,
  task: Task,
  question: WordsQuestion,
  span: ClipSpan,
): Observable<StreamAnswerEvent> {
  const { model, askId } = asking;
  const { prompt } = question;
  const { frames } = look.clip;
  const asked = question.kind === 'answer' ? question.question : '';
  let text = '';
  const toEvents = (event: ModelEvent): StreamAnswerEvent[] => {
    if (event.kind === 'done') {
      const whole = wholeLive(asking, look, task, frames, event.generation, prompt, span);
      if (question.kind === 'answer') return [{ kind: 'answer', question: asked, ...whole }];
      return [{ kind: question.kind, ...whole }];
    }
    const delta = event.step.text;
    if (delta === '') return []; // the closing eos, or inside a multi-byte character
    text += delta;
    const partial = { ...span, askId, prompt, delta, text };
    if (question.kind === 'answer') return [{ kind: 'answer.partial', question: asked, ...partial }];
    return [{ kind: `${question.kind}.partial`, ...partial }];
  };
  return pullMap((signal) => model.generate(liveRequest(asking, frames, prompt), signal), toEvents);
}

function askThings(
  asking: LiveAsking,
  look: LiveLook,
  task: Task,
  question: ThingsQuestion,
  span: ClipSpan,
): Observable<StreamAnswerEvent> {
  const { model } = asking;
  const { prompt, convention, unnamed } = question;
  const newest = newestFrame(look.clip.frames);
  const frames = newest === undefined ? [] : [newest];
  const seconds = newest?.timestampSeconds ?? span.startSeconds;
  const toThings = async (generation: Generation, signal: AbortSignal): Promise<StreamAnswerEvent> => {
    const size = asking.size();
    const { found, problems } = scoredDetections(generation.steps, convention, unnamed);
    const painted =
      question.kind === 'segment'
        ? await paintMasks(model, found, size, convention, signal)
        : { masks: [], problems: [] };
    const ids = asking.tracker.update(seconds, found);
    const things: StreamThings = {
      ...wholeLive(asking, look, task, frames, generation, prompt, span),
      seconds,
      size,
      found: found.map(({ label, box, score }, i) => ({
        label,
        track: ids[i] ?? 0,
        score,
        box,
        pixels: pixelBox(box, size, convention),
        mask: painted.masks[i] ?? null,
      })),
      problems: [...problems, ...painted.problems],
    };
    return { kind: question.kind === 'segment' ? 'masks' : 'detections', ...things };
  };
  return pullMap(
    (signal) => model.generate(liveRequest(asking, frames, prompt), signal),
    (event, signal) => (event.kind === 'done' ? toThings(event.generation, signal) : []),
  );
}

/** What the model is given, with how it is treated while it waits. */
function liveRequest(
  { options, priority, stream }: LiveAsking,
  frames: LiveClip['frames'],
  prompt: string,
): ModelRequest {
  return { frames, prompt, options, priority, stream };
}

function wholeLive(
  { model, askId, nowMs }: LiveAsking,
  { closedAtMs, shown }: LiveLook,
  task: Task,
  frames: LiveClip['frames'],
  generation: Generation,
  prompt: string,
  span: ClipSpan,
): StreamText {
  const { text, ids, steps, stopped, timing } = generation;
  const publishedAtMs = nowMs();
  const capturedAtMs = newestFrame(frames)?.capturedAtMs ?? closedAtMs;
  const totalMs = publishedAtMs - capturedAtMs;
  const { encodeMs, prefillMs, decodeMs } = timing;
  const queueMs = Math.max(0, totalMs - encodeMs - prefillMs - decodeMs);
  return {
    ...span,
    ...{ askId, prompt, text, ids, steps, stopped },
    timing: {
      ...{ capturedAtMs, windowClosedAtMs: closedAtMs, queueMs, encodeMs, prefillMs, decodeMs },
      ...{ publishedAtMs, totalMs },
    },
    provenance: liveProvenance(model, task, frames, prompt),
    shown,
  };
}
