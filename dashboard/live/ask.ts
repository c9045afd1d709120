import type { AskMessage } from '../../src/delivery/live/client-message.js';
import type { EventBodies } from './event-bodies.js';
import { isAbout } from './is-about.js';
import type { LiveLink } from './live-link.js';
import { newId } from './new-id.js';

/** How a question stands. */
export interface Asked {
  readonly id: string;
  readonly question: string;
  /** What is written so far. */
  readonly text: string;
  /** Of videos: the job that answers, once it is known. */
  readonly job: string | null;
  /** Why there will be no answer. */
  readonly failure: string | null;
  readonly isAnswered: boolean;
  /** The answer has come in its topic too, with a number: whoever follows the topic has it, or had it. */
  readonly isInTopic: boolean;
}

export type Question = Omit<AskMessage, 'type' | 'id' | 'question'> & { readonly question: string };

const LOST = 'The connection was lost before the answer came.';

/**
 * Asks over the link and tells how it stands at every change, until the answer is in the topic; gives the way to take
 * the question back. After a lost link a video's answer may still come into its topic, as its job outlives the server: only a question without a job
 * has failed then.
 */
export function ask(link: LiveLink, question: Question, tell: (asked: Asked) => void): () => void {
  const id = newId();
  let asked: Asked = {
    id,
    question: question.question,
    text: '',
    job: null,
    failure: null,
    isAnswered: false,
    isInTopic: false,
  };
  let deaf: () => void = () => undefined;
  const change = (changed: Partial<Asked>): void => {
    asked = { ...asked, ...changed };
    tell(asked);
    if (asked.failure !== null || asked.isInTopic) deaf();
  };
  change({});
  deaf = link.listen({
    message: (message) => {
      if (message.type === 'error' && message.id === id) change({ failure: message.message });
      if (message.type === 'answer' && message.id === id) {
        const changed = changeOf(message.event as unknown as EventBodies);
        if (changed !== null) change(changed);
      }
      if (message.type === 'event' && message.topic === question.topic && message.seq !== undefined) {
        const event = message.event as unknown as EventBodies;
        if (event.kind === 'answer' && isAbout(event, asked)) change({ isAnswered: true, isInTopic: true });
      }
    },
    opened: () => undefined,
    lost: () => {
      if (asked.job === null && !asked.isAnswered) change({ failure: LOST });
    },
  });
  if (!link.send({ type: 'ask', id, ...question }))
    change({ failure: 'There is no connection to the server.' });
  return () => {
    deaf();
    link.send({ type: 'cancel', id });
  };
}

function changeOf(event: EventBodies): Partial<Asked> | null {
  switch (event.kind) {
    case 'answer.partial':
    case 'answer':
      return { text: event.text, job: event.job ?? null, isAnswered: event.kind === 'answer' };
    case 'state':
      if (event.state === 'failed') return { failure: event.message ?? 'The question failed.' };
      if (event.state === 'cancelled') return { failure: 'The question was taken back.' };
      return event.job === undefined ? null : { job: event.job };
    case 'error':
      return { failure: event.message };
    case 'caption':
    case 'caption.partial':
    case 'text':
    case 'text.partial':
    case 'detections':
    case 'masks':
    case 'dropped':
    case 'gap':
    case 'progress':
      return null;
  }
}
