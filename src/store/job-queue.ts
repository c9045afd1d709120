import type { EventBody } from './event-body.js';
import type { Job, JobFailure, JobLane, JobState } from './job.js';
import type { StoredEvent } from './stored-event.js';

/** How a job ended. */
export interface JobEnd {
  readonly state: 'done' | 'failed' | 'cancelled';
  readonly failure?: JobFailure;
}

/** Jobs, and the queue of those that wait. */
export interface JobQueue {
  add(job: Pick<Job, 'id' | 'video' | 'lane' | 'plan' | 'createdMs'>): Promise<Job>;
  get(id: string): Promise<Job | null>;
  /** In the order they were added. */
  ofVideo(video: string): Promise<readonly Job[]>;
  /** How many wait in all lanes. */
  waiting(): Promise<number>;
  /** How many are kept in each state. */
  countStates(): Promise<Readonly<Record<JobState, number>>>;
  /** Begins the oldest that waits in a lane: it is `running` from now on, for one more time. */
  begin(lane: JobLane, nowMs: number): Promise<Job | null>;
  /** Puts all that was `running` when the process died back into the queue; resolves with how many. */
  requeue(): Promise<number>;
  /** Puts one that is `running` back into the queue as if it had not been begun. */
  release(id: string): Promise<void>;
  progress(id: string, progress: number | null): Promise<void>;
  /**
   * Ends a job that is not over yet, and keeps the event that tells it in its video's topic: both or neither. Resolves
   * with that event; with none when the job is over already, or is not there.
   */
  finish(
    job: Pick<Job, 'id' | 'video'>,
    end: JobEnd,
    event: EventBody,
    nowMs: number,
  ): Promise<readonly StoredEvent[]>;
  removeOfVideo(video: string): Promise<void>;
}
