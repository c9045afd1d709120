import type { Asked } from '../live/ask.js';
import type { EventBodies } from '../live/event-bodies.js';
import type { TopicView } from '../live/topic-log.js';

/**
 * The questions that still wait for their answer, or will get none. An answer that is in the topic has come, by
 * whichever way; so has the end of its job.
 */
export function openQuestions(asked: readonly Asked[], { events }: TopicView): Asked[] {
  return asked.flatMap((one) => {
    const told = events.flatMap(({ event }) => (isAbout(event, one) ? [event] : []));
    if (told.some(({ kind }) => kind === 'answer')) return [];
    const end = told.findLast(
      (event) => event.kind === 'state' && ['failed', 'cancelled'].includes(event.state),
    );
    if (end?.kind !== 'state') return [one];
    return [{ ...one, failure: one.failure ?? end.message ?? 'The question was taken back.' }];
  });
}

/** A video answers by a job, a camera by the question's own id. */
function isAbout(event: EventBodies, { id, job }: Asked): boolean {
  return (job !== null && 'job' in event && event.job === job) || ('ask_id' in event && event.ask_id === id);
}
