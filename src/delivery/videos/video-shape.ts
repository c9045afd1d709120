import { z } from 'zod';
import { storedVideo } from '../../store/stored-video.js';
import { jobShape } from './job-shape.js';
import { proxyShape } from './proxy-shape.js';

/** A video as it is told over HTTP. */
export const videoShape = z.object({
  id: z.string(),
  /** Of its events. */
  topic: z.string(),
  name: z.string(),
  origin: storedVideo.shape.origin,
  bytes: z.number(),
  kind: storedVideo.shape.kind,
  container: z.string(),
  codec: z.string(),
  /** As displayed. */
  width: z.number(),
  height: z.number(),
  duration_seconds: z.number(),
  frames_per_second: z.number().nullable(),
  /** The file as it was uploaded, which may be asked for in parts. */
  media_url: z.string(),
  media_type: z.string(),
  /** Whether browsers show it as it is, in <video> or <img>; if not, a proxy can be made. */
  playable: z.boolean(),
  created_at: z.iso.datetime(),
});
export type VideoBody = z.infer<typeof videoShape>;

export const takenVideoShape = videoShape.extend({ job: jobShape });
export type TakenVideoBody = z.infer<typeof takenVideoShape>;

export const videoWithJobsShape = videoShape.extend({ proxy: proxyShape, jobs: z.array(jobShape) });
export type VideoWithJobsBody = z.infer<typeof videoWithJobsShape>;

export const videoListShape = z.object({
  total: z.int(),
  videos: z.array(
    videoShape.extend({
      /** The newest job that is no question. */
      job: jobShape.nullable(),
      /** The first caption of the newest job that has one. */
      caption: z.string().nullable(),
    }),
  ),
});
export type VideoListBody = z.infer<typeof videoListShape>;
