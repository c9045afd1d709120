import { pageQuery } from '../http/page-query.js';
import { eventsQuery } from '../live/events-query.js';
import type { RouteExamples } from './route-example.js';
import { EVENTS_TEXT, resultShape, VIDEO_ID } from './video-examples.js';
import { motionQuery } from '../streams/motion-query.js';

const STREAM_ID = '5c1d2e3f-9a7b-4c6d-8e1f-3b2a1c0d9e33';
const PLAN = {
  frames: 8,
  window_seconds: 4,
  overlap_seconds: 1,
  tasks: [
    { task: 'caption', lang: 'en' },
    { task: 'ask', question: 'is the gate open?', lang: 'en' },
  ],
  max_new_tokens: 64,
  motion_gate: { threshold: 0.01, at_least_every_seconds: 60 },
  schedule: { time_zone: 'Europe/Berlin', slots: [{ days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' }] },
};
const STREAM = {
  id: STREAM_ID,
  topic: `streams/${STREAM_ID}`,
  name: 'gate',
  url: 'rtsp://***@cam.example/1',
  running: true,
  state: {
    state: 'live',
    reason: 'frames come',
    code: null,
    at_ms: 1_777_622_400_000,
    attempt: 0,
    retry_in_seconds: null,
  },
  counts: {
    frames: 1200,
    windows: 150,
    looked: 148,
    dropped_busy: 2,
    skipped_still: 0,
    skipped_schedule: 0,
    reconnects: 1,
  },
  width: 1920,
  height: 1080,
  plan: PLAN,
  created_at: '2026-05-01T08:00:00.000Z',
};
const STOPPED = { ...STREAM, running: false, state: null, counts: null, width: null, height: null };
const ANSWER = {
  kind: 'answer',
  question: 'is the gate open?',
  ask_id: null,
  clip: 3,
  start_seconds: 61.2,
  end_seconds: 65.2,
  text: 'no',
  stopped: 'eos',
  ids: [956],
  model: 'nano',
  precision: 'f32',
  task: 'answer',
  prompt: 'answer en is the gate open?',
  frame_seconds: [61.4, 62.4, 63.4, 64.4],
  frame_keys: ['a1', 'a2', 'a3', 'a4'],
  captured_at: '2026-05-01T08:01:05.000Z',
  window_closed_at: '2026-05-01T08:01:05.010Z',
  published_at: '2026-05-01T08:01:05.090Z',
  timing_ms: { queue: 6, encode: 40, prefill: 30, decode: 14, total: 90 },
};

export const STREAM_EXAMPLES: RouteExamples = {
  'POST /v1/streams': {
    body: { name: 'gate', url: 'rtsp://user:password@cam.example/1', rtsp_transport: 'tcp', plan: PLAN },
    answer: { example: STREAM },
  },
  'GET /v1/streams': {
    query: { schema: pageQuery, example: { limit: 20, offset: 0 } },
    answer: { example: { total: 1, streams: [STREAM] } },
  },
  'GET /v1/streams/{id}': { path: { id: STREAM_ID }, answer: { example: STREAM } },
  'PUT /v1/streams/{id}/plan': { path: { id: STREAM_ID }, body: PLAN, answer: { example: STREAM } },
  'POST /v1/streams/{id}/stop': { path: { id: STREAM_ID }, answer: { example: STOPPED } },
  'POST /v1/streams/{id}/resume': { path: { id: STREAM_ID }, answer: { example: STREAM } },
  'DELETE /v1/streams/{id}': { path: { id: STREAM_ID }, isBare: true },
  'POST /v1/streams/{id}/ask': {
    path: { id: STREAM_ID },
    body: { question: 'is the gate open?', seconds: 4, frames: 4 },
    answer: { example: ANSWER, shape: resultShape },
  },
  'GET /v1/streams/{id}/picture': { path: { id: STREAM_ID }, isBare: true },
  'GET /v1/streams/{id}/live.mjpeg': {
    path: { id: STREAM_ID },
    query: { schema: motionQuery, example: { fps: 10 } },
    isBare: true,
  },
  'GET /v1/streams/{id}/events': {
    path: { id: STREAM_ID },
    query: { schema: eventsQuery, example: { after: 17, kinds: 'caption,answer' } },
    text: {
      type: 'text/event-stream',
      example: EVENTS_TEXT.replaceAll(`videos/${VIDEO_ID}`, `streams/${STREAM_ID}`),
    },
  },
};
