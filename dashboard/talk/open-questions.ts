import type { Asked } from '../live/ask.js';
import type { EventBodies } from '../live/event-bodies.js';
import { isAbout } from '../live/is-about.js';
import type { TopicView } from '../live/topic-log.js';

/**
 * The questions that still wait for their answer, or will get none. An answer that is in the topic has come, by
 * whichever way; so has the end of its job.
 */
export function openQuestions(asked: readonly Asked[], view: TopicView): Asked[] {
  return asked.flatMap((one) => {
    const told = toldOf(one, view);
    if (one.isAnswered || told.some(isAnswer)) return [];
    const end = told.findLast(
      (event) => event.kind === 'state' && ['failed', 'cancelled'].includes(event.state),
    );
    if (end?.kind !== 'state') return [one];
    return [{ ...one, failure: one.failure ?? end.message ?? 'The question was taken back.' }];
  });
}

/** The questions whose answer is here and not in the topic: it comes there a little later, or cannot be kept. */
export function answeredAside(asked: readonly Asked[], view: TopicView): Asked[] {
  return asked.filter((one) => one.isAnswered && !one.isInTopic && !toldOf(one, view).some(isAnswer));
}

function toldOf(one: Asked, { events }: TopicView): EventBodies[] {
  return events.flatMap(({ event }) => (isAbout(event, one) ? [event] : []));
}

function isAnswer({ kind }: EventBodies): boolean {
  return kind === 'answer';
}
