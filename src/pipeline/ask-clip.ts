import { catchError, type Observable, of, throwError } from 'rxjs';
import type { Generation, GenerationOptions } from '../language/generation.js';
import type { Model, ModelEvent } from '../model/model.js';
import type { Clip } from '../shared/frame.js';
import { RetryableError } from '../shared/errors.js';
import type { ClipSpan, PipelineEvent, Question, WholeText } from './events.js';
import { pullMap } from './pull-map.js';
import type { CapturedClip } from './stamp-capture.js';

/**
 * Asks the model one question about one clip: partial texts as they are written, then the whole.
 *
 * A RetryableError (the model process died over this clip) becomes an `error` event, so that the next clip gets its
 * chance; anything else would come back with every clip and ends the stream.
 */
export function askClip(
  model: Model,
  { clip, capturedAtMs }: CapturedClip,
  question: Question,
  options: GenerationOptions,
  now: () => number,
): Observable<PipelineEvent> {
  const span = { clip: clip.index, startSeconds: clip.startSeconds, endSeconds: clip.endSeconds };
  const request = { frames: clip.frames, prompt: question.prompt, options };
  let text = '';

  const toEvents = (event: ModelEvent): PipelineEvent[] => {
    if (event.kind === 'done') {
      return [
        wholeEvent(question, span, wholeText(model, clip, question, event.generation, capturedAtMs, now())),
      ];
    }
    const delta = event.step.text;
    if (delta === '') return []; // the closing eos, or inside a multi-byte character
    text += delta;
    return [partialEvent(question, { ...span, delta, text })];
  };

  return pullMap((signal) => model.generate(request, signal), toEvents).pipe(
    catchError((error: unknown) =>
      error instanceof RetryableError
        ? of({
            kind: 'error',
            code: error.code,
            message: error.message,
            prompt: question.prompt,
            ...span,
          } as const)
        : throwError(() => error),
    ),
  );
}

function wholeText(
  model: Model,
  clip: Clip,
  question: Question,
  generation: Generation,
  capturedAtMs: number,
  nowMs: number,
): Omit<WholeText, keyof ClipSpan> {
  const { encodeMs, prefillMs, decodeMs } = generation.timing;
  const totalMs = nowMs - capturedAtMs;
  return {
    text: generation.text,
    ids: generation.ids,
    steps: generation.steps,
    stopped: generation.stopped,
    timing: {
      capturedAtMs,
      queueMs: Math.max(0, totalMs - encodeMs - prefillMs - decodeMs),
      encodeMs,
      prefillMs,
      decodeMs,
      totalMs,
    },
    provenance: {
      model: model.info.name,
      precision: model.info.precision,
      prompt: question.prompt,
      frameSeconds: clip.frames.map((frame) => frame.timestampSeconds),
    },
  };
}

function partialEvent(
  question: Question,
  partial: ClipSpan & { delta: string; text: string },
): PipelineEvent {
  if (question.kind === 'caption') return { kind: 'caption.partial', ...partial };
  return { kind: 'answer.partial', question: question.question, ...partial };
}

function wholeEvent(
  question: Question,
  span: ClipSpan,
  whole: Omit<WholeText, keyof ClipSpan>,
): PipelineEvent {
  if (question.kind === 'caption') return { kind: 'caption', ...span, ...whole };
  return { kind: 'answer', question: question.question, ...span, ...whole };
}
