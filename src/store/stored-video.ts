import { z } from 'zod';

/** A video that has been taken in: its file is whole and has been looked at. */
export const storedVideo = z.object({
  id: z.string(),
  createdMs: z.number(),
  /** As the sender called it. */
  name: z.string(),
  origin: z.enum(['multipart', 'tus', 'url', 'sample']),
  /** Name of the file in the folder of videos. */
  file: z.string(),
  bytes: z.number(),
  kind: z.enum(['video', 'picture']),
  container: z.string(),
  codec: z.string(),
  /** As displayed. */
  widthPixels: z.number(),
  heightPixels: z.number(),
  durationSeconds: z.number(),
  framesPerSecond: z.number().nullable(),
  /** `yuv420p`, ...; null when nobody knows. */
  pixelFormat: z.string().nullable().default(null),
  /** Null without sound, or when nobody knows. */
  audioCodec: z.string().nullable().default(null),
});
export type StoredVideo = Readonly<z.infer<typeof storedVideo>>;
