import type { Job } from '../../store/job.js';

/** A job as it is told over HTTP. */
export function jobBody(job: Job): object {
  const { id, video, lane, state, attempts, plan, progress, failure } = job;
  return {
    id,
    video,
    lane,
    state,
    attempts,
    progress: state === 'done' ? 1 : progress,
    error: failure,
    plan,
    created_at: isoTime(job.createdMs),
    started_at: isoTime(job.startedMs),
    finished_at: isoTime(job.finishedMs),
  };
}

function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
