import { z } from 'zod';

/** A live source and what is asked of it. */
export const storedStream = z.object({
  id: z.string(),
  createdMs: z.number(),
  name: z.string(),
  /** With its credentials, if it has some: never logged or returned. */
  source: z.unknown(),
  plan: z.unknown(),
  isRunning: z.boolean(),
});
export type StoredStream = Readonly<z.infer<typeof storedStream>>;
