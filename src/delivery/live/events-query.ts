import { z } from 'zod';

/** From where on a topic is followed, and which kinds of events. */
export const eventsQuery = z.object({
  after: z.coerce.number().int().min(0).optional(),
  /** Parted by commas. */
  kinds: z.string().max(500).optional(),
});
