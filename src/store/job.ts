/** Where a job stands. `queued` and `running` survive a restart: it is taken up again. */
export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Jobs of different lanes are worked on at the same time: a question need not wait for hours of captions. */
export const JOB_LANES = ['ask', 'routine'] as const;
export type JobLane = (typeof JOB_LANES)[number];

export interface JobFailure {
  readonly code: string;
  readonly message: string;
  /** What was asked for is wrong: it fails again until that is mended. */
  readonly isRefused?: boolean;
}

export interface Job {
  readonly id: string;
  readonly video: string;
  readonly lane: JobLane;
  readonly state: JobState;
  /** How often it has been begun. */
  readonly attempts: number;
  /** What is to be done, as JSON; who adds a job says in which form. */
  readonly plan: unknown;
  readonly createdMs: number;
  readonly startedMs: number | null;
  readonly finishedMs: number | null;
  /** From 0 to 1; null while nobody can know. */
  readonly progress: number | null;
  readonly failure: JobFailure | null;
}
