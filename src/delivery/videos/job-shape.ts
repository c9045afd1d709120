import { z } from 'zod';
import { JOB_LANES, JOB_STATES } from '../../store/job.js';
import { videoPlan } from './video-plan.js';

const time = z.iso.datetime();

/** A job as it is told over HTTP. */
export const jobShape = z.object({
  id: z.string(),
  video: z.string(),
  lane: z.enum(JOB_LANES),
  state: z.enum(JOB_STATES),
  /** How often it has been begun. */
  attempts: z.int(),
  /** From 0 to 1; null while nobody can know. */
  progress: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  plan: videoPlan,
  created_at: time,
  started_at: time.nullable(),
  finished_at: time.nullable(),
});
export type JobBody = z.infer<typeof jobShape>;
