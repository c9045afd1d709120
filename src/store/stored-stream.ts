import { z } from 'zod';

/** A live source and what is asked of it. */
export const storedStream = z.object({
  id: z.string(),
  createdMs: z.number(),
  name: z.string(),
  /** The address with its options, and its credentials, if it has some: never logged or returned. */
  source: z.unknown(),
  /** The address as it may be shown. */
  shownUrl: z.string(),
  /** As it was sent. */
  plan: z.unknown(),
  /** Whether it is to run; a server that starts goes on with it. */
  isRunning: z.boolean(),
});
export type StoredStream = Readonly<z.infer<typeof storedStream>>;
