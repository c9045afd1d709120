import { Observable } from 'rxjs';
import type { StoredEvent } from '../../store/stored-event.js';
import type { TopicEvent } from '../live/topic-event.js';
import type { TopicHub } from '../live/topic-hub.js';
import type { VideoLibrary } from './video-library.js';
import type { VideoTaskBody } from './video-plan.js';

/** An event of an answer, stored or passing. */
export type AnswerEvent = TopicEvent | StoredEvent;

/**
 * Asks about a video in the lane of questions: the events of that job, until it is over. Unsubscribing before takes the
 * question back.
 */
export function askVideo(
  library: VideoLibrary,
  hub: TopicHub,
  video: string,
  task: VideoTaskBody,
): Observable<AnswerEvent> {
  return new Observable((subscriber) => {
    let job: string | null = null;
    let isOver = false;
    const early: TopicEvent[] = []; // told before the job's number was known here
    const take = (event: TopicEvent): void => {
      if (job === null) early.push(event);
      if (job === null || event.event['job'] !== job) return;
      subscriber.next(event);
      isOver =
        event.event.kind === 'state' &&
        ['done', 'failed', 'cancelled'].includes(String(event.event['state']));
      if (isOver) subscriber.complete();
    };
    const deaf = hub.listen(`videos/${video}`, take);
    const cancel = (id: string): void => {
      if (!isOver) void library.cancel(id).catch(() => undefined); // it is over, or the video is gone
    };
    library.addJob(video, { tasks: [task] }, 'ask').then(
      ({ id }) => {
        job = id;
        if (subscriber.closed) cancel(id);
        else for (const event of early.splice(0)) take(event);
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
    return () => {
      deaf();
      if (job !== null) cancel(job);
    };
  });
}
