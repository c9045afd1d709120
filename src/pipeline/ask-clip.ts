import type { Observable } from 'rxjs';
import type { GenerationOptions } from '../language/generation.js';
import type { Model, ModelEvent } from '../model/model.js';
import { clipErrors } from './clip-errors.js';
import type { ClipSpan, PipelineEvent, Question, ThingsQuestion, WholeText } from './events.js';
import { pullMap } from './pull-map.js';
import type { CapturedClip } from './stamp-capture.js';
import { wholeText } from './whole-text.js';

/** A question whose answer is words. */
export type WordsQuestion = Exclude<Question, ThingsQuestion>;

/**
 * Asks the model one question about one clip: partial texts as they are written, then the whole.
 *
 * A RetryableError (the model process died over this clip) becomes an `error` event, so that the next clip gets its
 * chance; anything else would come back with every clip and ends the stream.
 */
export function askClip(
  model: Model,
  { clip, capturedAtMs }: CapturedClip,
  question: WordsQuestion,
  options: GenerationOptions,
  now: () => number,
): Observable<PipelineEvent> {
  const span = { clip: clip.index, startSeconds: clip.startSeconds, endSeconds: clip.endSeconds };
  const request = { frames: clip.frames, prompt: question.prompt, options };
  let text = '';

  const toEvents = (event: ModelEvent): PipelineEvent[] => {
    if (event.kind === 'done') {
      return [
        wholeEvent(
          question,
          span,
          wholeText(model, clip, question.prompt, event.generation, capturedAtMs, now()),
        ),
      ];
    }
    const delta = event.step.text;
    if (delta === '') return []; // the closing eos, or inside a multi-byte character
    text += delta;
    return [partialEvent(question, { ...span, delta, text })];
  };

  return pullMap((signal) => model.generate(request, signal), toEvents).pipe(
    clipErrors(question.prompt, span),
  );
}

function partialEvent(
  question: WordsQuestion,
  partial: ClipSpan & { delta: string; text: string },
): PipelineEvent {
  switch (question.kind) {
    case 'caption':
      return { kind: 'caption.partial', ...partial };
    case 'answer':
      return { kind: 'answer.partial', question: question.question, ...partial };
    case 'text':
      return { kind: 'text.partial', ...partial };
  }
}

function wholeEvent(
  question: WordsQuestion,
  span: ClipSpan,
  whole: Omit<WholeText, keyof ClipSpan>,
): PipelineEvent {
  switch (question.kind) {
    case 'caption':
      return { kind: 'caption', ...span, ...whole };
    case 'answer':
      return { kind: 'answer', question: question.question, ...span, ...whole };
    case 'text':
      return { kind: 'text', ...span, ...whole };
  }
}
