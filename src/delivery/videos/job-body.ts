import type { Job } from '../../store/job.js';
import type { JobBody } from './job-shape.js';
import { videoPlan } from './video-plan.js';

/** A job as it is told over HTTP. */
export function jobBody(job: Job): JobBody {
  const { id, video, lane, state, attempts, plan, progress, failure } = job;
  return {
    id,
    video,
    lane,
    state,
    attempts,
    progress: state === 'done' ? 1 : progress,
    error: failure === null ? null : { code: failure.code, message: failure.message },
    plan: videoPlan.parse(plan),
    created_at: isoTime(job.createdMs),
    started_at: job.startedMs === null ? null : isoTime(job.startedMs),
    finished_at: job.finishedMs === null ? null : isoTime(job.finishedMs),
  };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
