import { z } from 'zod';

/** What is looked for among past captions, answers and texts. */
export const searchQuery = z.object({
  /** Left out: all results, the newest first. */
  q: z.string().min(1).max(1000).optional(),
  topic: z.string().max(200).optional(),
  /** Parted by commas. */
  kinds: z.string().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  order: z.enum(['best', 'newest']).default('best'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});
