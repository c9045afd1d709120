import { z } from 'zod';
import { JOB_STATES } from '../../store/job.js';
import { STREAM_STATES } from './figures.js';
import { STAGES } from './stages.js';

const count = z.int().min(0);
const seconds = z.number().min(0);
const counts = <const Names extends readonly string[]>(names: Names) => z.record(z.enum(names), count);

/** How the server is, for people; numbers of `/metrics` in another form. Totals are since `started_at`. */
export const statusShape = z.object({
  version: z.string(),
  started_at: z.iso.datetime(),
  uptime_seconds: seconds,
  model: z.object({
    state: z.enum(['loading', 'ready', 'restarting', 'failed']),
    /** Why it failed; null when it did not. */
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    /** Null until it has been open once, as all up to `tokens_per_frame`. */
    name: z.string().nullable(),
    family: z.string().nullable(),
    precision: z.string().nullable(),
    parameters: z.number().nullable(),
    image_size: z.number().nullable(),
    tokens_per_frame: z.number().nullable(),
    restarts: count,
    /** Times it was killed as it hung; they are among the restarts. */
    hangs: count,
  }),
  queue: z.object({
    waiting: counts(['question', 'routine']),
    waiting_bytes: count,
    running: count,
    running_tokens: count,
  }),
  requests: z.object({
    finished: count,
    failed: count,
    cancelled: count,
    refused: count,
    expired: count,
    retries: count,
    tokens: count,
  }),
  latency: z.object({
    /** How far back it looks at most. */
    window_seconds: seconds,
    /** In the order of a result's way. */
    stages: z.array(
      z.object({
        stage: z.enum(STAGES),
        count,
        /** Null without any. */
        p50_seconds: seconds.nullable(),
        p95_seconds: seconds.nullable(),
      }),
    ),
  }),
  image_tokens: z.object({
    hits: count,
    misses: count,
    /** Frames that took the tokens of one that looks the same. */
    reused: count,
    /** Share of frames that cost no vision pass, 0 to 1; null before the first frame. */
    saved_ratio: z.number().min(0).max(1).nullable(),
    vision_passes: count,
    vision_frames: count,
    bytes: count,
    max_bytes: count,
    frames: count,
  }),
  memory: z.object({
    server_bytes: count,
    server_heap_bytes: count,
    /** Null while it does not run. */
    model_bytes: count.nullable(),
    ffmpeg_bytes: count,
  }),
  ffmpeg: z.object({ processes: count }),
  /** Of the server, over the last ten seconds; null before. */
  event_loop: z.object({ p50_seconds: seconds, p99_seconds: seconds, max_seconds: seconds }).nullable(),
  clients: z.object({ websocket: count, sse: count, waiting_bytes: count }),
  jobs: counts(JOB_STATES),
  streams: counts(STREAM_STATES),
  store: z.object({
    bytes: count,
    video_bytes: count,
    /** Null where the system does not tell. */
    disk_free_bytes: count.nullable(),
  }),
  /** All reasons, those that never came included. */
  drops: z.array(
    z.object({
      reason: z.string(),
      unit: z.enum(['windows', 'requests', 'events', 'clients']),
      count,
      why: z.string(),
    }),
  ),
});
export type StatusBody = z.infer<typeof statusShape>;
