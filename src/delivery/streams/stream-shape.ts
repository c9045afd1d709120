import { z } from 'zod';
import { streamPlanBody } from './stream-plan-body.js';

/** A stream as it is told over HTTP. */
export const streamShape = z.object({
  id: z.string(),
  /** Of its events. */
  topic: z.string(),
  name: z.string(),
  /** Without credentials. */
  url: z.string(),
  running: z.boolean(),
  /** Null while it does not run. */
  state: z
    .object({
      state: z.enum(['connecting', 'live', 'stalled', 'retrying', 'ended', 'failed']),
      reason: z.string(),
      code: z.string().nullable(),
      at_ms: z.number(),
      attempt: z.int(),
      retry_in_seconds: z.number().nullable(),
    })
    .nullable(),
  counts: z
    .object({
      frames: z.int(),
      windows: z.int(),
      looked: z.int(),
      dropped_busy: z.int(),
      skipped_still: z.int(),
      skipped_schedule: z.int(),
      reconnects: z.int(),
    })
    .nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  plan: streamPlanBody,
  created_at: z.iso.datetime(),
});
export type StreamBody = z.infer<typeof streamShape>;

export const streamListShape = z.object({ total: z.int(), streams: z.array(streamShape) });
export type StreamListBody = z.infer<typeof streamListShape>;
