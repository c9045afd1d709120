import { z } from 'zod';

/** Where a stream comes from, as a client words it; the engine says which are allowed. */
export const streamSource = z.strictObject({
  url: z.string().min(1).max(2048),
  rtspTransport: z.enum(['tcp', 'udp']).optional(),
  format: z.enum(['hls', 'mjpeg', 'mpegts']).optional(),
  loop: z.boolean().optional(),
  maxAttempts: z.int().min(1).nullable().optional(),
});
export type StreamSource = z.infer<typeof streamSource>;
