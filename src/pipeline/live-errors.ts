import { catchError, type Observable, of, type OperatorFunction, throwError } from 'rxjs';
import { BugError, CancelledError, PalistreamError } from '../shared/errors.js';
import type { Task } from '../tasks/task.js';
import { type LiveAsking, type LiveLook, spanOf } from './ask-live.js';
import type { StreamAnswerEvent, StreamError } from './stream-events.js';
import { taskQuestion } from './video/task-question.js';

/**
 * What the request, the model folder or a dead model process is to blame for becomes an `error` event, so that the
 * next window gets its chance; a bug ends the stream.
 */
export function liveErrors(
  { askId, nowMs }: Pick<LiveAsking, 'askId' | 'nowMs'>,
  look: LiveLook,
  task: Task,
): OperatorFunction<StreamAnswerEvent, StreamAnswerEvent | StreamError> {
  return catchError((error: unknown): Observable<StreamError> => {
    const isTold =
      error instanceof PalistreamError && !(error instanceof BugError || error instanceof CancelledError);
    if (!isTold) return throwError(() => error);
    const { code, message } = error;
    const { prompt } = taskQuestion(task);
    return of({ kind: 'error', code, message, prompt, askId, atMs: nowMs(), ...spanOf(look) });
  });
}
