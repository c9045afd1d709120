import { z } from 'zod';

/** Which page of the results of a job is asked for. */
export const resultsQuery = z.object({
  job: z.string(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
