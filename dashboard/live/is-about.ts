import type { EventBodies } from './event-bodies.js';

interface WhichQuestion {
  readonly id: string;
  readonly job: string | null;
}

/** Whether an event is about a question: a video answers by a job, a camera by the question's own id. */
export function isAbout(event: EventBodies, { id, job }: WhichQuestion): boolean {
  return (job !== null && 'job' in event && event.job === job) || ('ask_id' in event && event.ask_id === id);
}
