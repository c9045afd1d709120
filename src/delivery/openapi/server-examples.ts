import { z } from 'zod';
import { DROPS } from '../operations/drops.js';
import { STAGES } from '../operations/stages.js';
import { searchQuery } from '../search-query.js';
import type { RouteExamples } from './route-example.js';
import { VIDEO_ID } from './video-examples.js';

const FRAME_ID = `${VIDEO_ID}@2480000`;
const MODEL = { name: 'nano', family: 'PaliGemma 2', precision: 'f32', parameters: 15_000_000 };
const CHECKS = ['server', 'model', 'store', 'disk'].map((name) => ({ name, status: 'ok' }));
const STATUS = {
  version: '0.1.0',
  started_at: '2026-05-01T08:00:00.000Z',
  uptime_seconds: 3600.5,
  model: {
    state: 'ready',
    error: null,
    ...MODEL,
    image_size: 112,
    tokens_per_frame: 64,
    restarts: 0,
    hangs: 0,
  },
  queue: { waiting: { question: 0, routine: 2 }, waiting_bytes: 602_112, running: 3, running_tokens: 1776 },
  requests: { finished: 812, failed: 0, cancelled: 4, refused: 0, expired: 0, retries: 0, tokens: 9744 },
  latency: {
    window_seconds: 300,
    stages: STAGES.map((stage) => ({ stage, count: 61, p50_seconds: 0.04, p95_seconds: 0.21 })),
  },
  image_tokens: {
    ...{ hits: 4100, misses: 2300, reused: 0, saved_ratio: 0.640625 },
    ...{ vision_passes: 610, vision_frames: 2300, bytes: 188_743_680, max_bytes: 256_000_000, frames: 480 },
  },
  memory: {
    ...{ server_bytes: 190_000_000, server_heap_bytes: 52_000_000 },
    ...{ model_bytes: 640_000_000, ffmpeg_bytes: 84_000_000 },
  },
  ffmpeg: { processes: 2 },
  event_loop: { p50_seconds: 0.0101, p99_seconds: 0.0123, max_seconds: 0.031 },
  clients: { websocket: 3, sse: 1, waiting_bytes: 0 },
  jobs: { queued: 0, running: 1, done: 12, failed: 0, cancelled: 1 },
  streams: { connecting: 0, live: 2, stalled: 0, retrying: 0, stopped: 1 },
  store: { bytes: 5_242_880, video_bytes: 734_003_200, disk_free_bytes: 52_000_000_000 },
  drops: DROPS.map(({ reason, unit, why }) => ({ reason, unit, count: 0, why })),
};
const METRICS = `# HELP palistream_running_requests Requests that the model works on together.
# TYPE palistream_running_requests gauge
palistream_running_requests 3
`;

export const SERVER_EXAMPLES: RouteExamples = {
  'GET /health/live': { answer: { example: { status: 'ok' } } },
  'GET /health/ready': {
    answer: { example: { status: 'ok', checks: CHECKS } },
    others: {
      503: {
        status: 'loading',
        message: 'the model is being opened: wait',
        checks: [{ name: 'model', status: 'loading', message: 'the model is being opened: wait' }],
      },
    },
  },
  'GET /metrics': { text: { type: 'text/plain', example: METRICS } },
  'GET /v1/status': { answer: { example: STATUS } },
  'POST /v1/tickets': {
    body: { topic: 'streams/5b0a9c1e-3f0a-4c58-9d4f-0d8a9be2a001' },
    answer: {
      example: {
        ticket: 'n0ZkJ3yq1mXo5s2LwqDk7fYv4cTzR8uB6hEaGpWx9iQ',
        topic: 'streams/5b0a9c1e-3f0a-4c58-9d4f-0d8a9be2a001',
        expires_at: '2026-05-01T09:00:00.000Z',
      },
      shape: z.strictObject({
        ticket: z.string(),
        topic: z.string().nullable(),
        expires_at: z.iso.datetime(),
      }),
    },
  },
  'GET /v1/frames/{id}': { path: { id: FRAME_ID }, isBare: true },
  'GET /v1/search': {
    query: { schema: searchQuery, example: { q: 'dog cat', kinds: 'caption', order: 'newest', limit: 20 } },
    answer: {
      example: {
        hits: [
          {
            topic: `videos/${VIDEO_ID}`,
            seq: 3,
            at: '2026-05-01T08:00:02.000Z',
            kind: 'caption',
            start_seconds: 0,
            end_seconds: 5,
            excerpt: 'a [dog] chases a [cat]',
            text: 'a dog chases a cat',
            href: `/v1/videos/${VIDEO_ID}`,
            frame_url: `/v1/frames/${FRAME_ID}`,
            moment: `videos/${VIDEO_ID}?at=0`,
          },
        ],
      },
    },
  },
};
