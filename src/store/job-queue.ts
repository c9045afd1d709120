import type { Job, JobFailure, JobLane } from './job.js';

/** Jobs, and the queue of those that wait. */
export interface JobQueue {
  add(job: Pick<Job, 'id' | 'video' | 'lane' | 'plan' | 'createdMs'>): Promise<Job>;
  get(id: string): Promise<Job | null>;
  /** In the order they were added. */
  ofVideo(video: string): Promise<readonly Job[]>;
  /** How many wait in all lanes. */
  waiting(): Promise<number>;
  /** Begins the oldest that waits in a lane: it is `running` from now on, for one more time. */
  begin(lane: JobLane, nowMs: number): Promise<Job | null>;
  /** Puts what was `running` back into the queue; resolves with how many. */
  requeue(id?: string): Promise<number>;
  progress(id: string, progress: number | null): Promise<void>;
  /** Ends a job that is not over yet; false when it is over, or is not there. */
  finish(
    id: string,
    end: { readonly state: 'done' | 'failed' | 'cancelled'; readonly failure?: JobFailure },
    nowMs: number,
  ): Promise<boolean>;
  removeOfVideo(video: string): Promise<void>;
}
