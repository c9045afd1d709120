import { z } from 'zod';
import { pageQuery } from '../http/page-query.js';
import { eventsQuery } from '../live/events-query.js';
import { captionsQuery } from '../videos/captions-query.js';
import { resultsQuery } from '../videos/results-query.js';
import type { RouteExamples } from './route-example.js';

export const VIDEO_ID = '0b9e6f0e-6a2c-4f6e-9c53-6d0d3c1f7a11';
const JOB_ID = '7d2f1c9a-5b8e-4e0a-8a43-2f9c6f0b1e22';
const PLAN = { tasks: [{ task: 'captions', lang: 'en', window_seconds: 5, max_new_tokens: 64 }] };

const JOB = {
  id: JOB_ID,
  video: VIDEO_ID,
  lane: 'routine',
  state: 'running',
  attempts: 1,
  progress: 0.25,
  error: null,
  plan: PLAN,
  created_at: '2026-05-01T08:00:00.000Z',
  started_at: '2026-05-01T08:00:00.100Z',
  finished_at: null,
};
const VIDEO = {
  id: VIDEO_ID,
  topic: `videos/${VIDEO_ID}`,
  name: 'farm.mp4',
  origin: 'multipart',
  bytes: 1_048_576,
  kind: 'video',
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  codec: 'h264',
  width: 1280,
  height: 720,
  duration_seconds: 20,
  frames_per_second: 25,
  media_url: `/v1/videos/${VIDEO_ID}/media`,
  media_type: 'video/mp4',
  playable: true,
  created_at: '2026-05-01T08:00:00.000Z',
};
const ANSWER = {
  kind: 'answer',
  question: 'who is there?',
  clip: 0,
  start_seconds: 0,
  end_seconds: 20,
  text: 'dog',
  stopped: 'eos',
  ids: [9032],
  model: 'nano',
  precision: 'f32',
  prompt: 'answer en who is there?',
  frame_seconds: [2.5, 7.5, 12.5, 17.5],
  captured_at: '2026-05-01T08:00:01.000Z',
  timing_ms: { queue: 4, encode: 31, prefill: 22, decode: 9, total: 66 },
};

/** A result; docs/protocol.md tells the kinds and their fields. */
export const resultShape = z.looseObject({
  kind: z.string(),
  start_seconds: z.number(),
  end_seconds: z.number(),
  text: z.string(),
  model: z.string(),
  frame_seconds: z.array(z.number()),
  timing_ms: z.record(z.string(), z.number()),
});
export const EVENTS_TEXT = `id: 18
event: caption
data: {"type":"event","topic":"videos/${VIDEO_ID}","seq":18,"at":"2026-05-01T08:00:02.000Z","event":{"kind":"caption","text":"a dog chases a cat"}}

`;

export const VIDEO_EXAMPLES: RouteExamples = {
  'POST /v1/videos': {
    body: { file: '(the bytes of farm.mp4)', plan: JSON.stringify(PLAN) },
    answer: {
      example: { ...VIDEO, job: { ...JOB, state: 'queued', attempts: 0, progress: null, started_at: null } },
    },
  },
  'GET /v1/videos': {
    query: { schema: pageQuery, example: { limit: 20, offset: 0 } },
    answer: { example: { total: 1, videos: [{ ...VIDEO, job: JOB, caption: 'a dog chases a cat' }] } },
  },
  'GET /v1/videos/{id}': { answer: { example: { ...VIDEO, proxy: { state: 'none' }, jobs: [JOB] } } },
  'DELETE /v1/videos/{id}': { isBare: true },
  'POST /v1/videos/{id}/jobs': {
    body: {
      tasks: [
        { task: 'summary' },
        { task: 'ask', question: 'who is there?', start_seconds: 10, end_seconds: 20 },
        { task: 'detect', things: ['cow'], every_seconds: 1 },
      ],
    },
    answer: { example: { ...JOB, state: 'queued', attempts: 0, progress: null, started_at: null } },
  },
  'POST /v1/videos/{id}/ask': {
    body: { question: 'who is there?', start_seconds: 0, end_seconds: 20 },
    answer: { example: ANSWER, shape: resultShape },
  },
  'GET /v1/videos/{id}/captions': {
    query: { schema: captionsQuery, example: { format: 'vtt' } },
    text: { type: 'text/vtt', example: 'WEBVTT\n\n00:00:00.000 --> 00:00:05.000\na dog chases a cat\n' },
  },
  'GET /v1/videos/{id}/results': {
    query: { schema: resultsQuery, example: { job: JOB_ID, after: 0, limit: 100 } },
    answer: {
      example: { results: [{ seq: 3, ...ANSWER, job: JOB_ID, task_index: 0 }] },
      shape: z.object({ results: z.array(resultShape.extend({ seq: z.int() })) }),
    },
  },
  'GET /v1/videos/{id}/events': {
    query: { schema: eventsQuery, example: { after: 17, kinds: 'caption,answer' } },
    text: { type: 'text/event-stream', example: EVENTS_TEXT },
  },
  'GET /v1/videos/{id}/media': { isBare: true },
  'POST /v1/videos/{id}/proxy': {
    answer: { example: { proxy: { state: 'making', progress: 0.5 }, url: `/v1/videos/${VIDEO_ID}/proxy` } },
  },
  'GET /v1/videos/{id}/proxy': { isBare: true },
  'GET /v1/jobs/{id}': { path: { id: JOB_ID }, answer: { example: JOB } },
  'POST /v1/jobs/{id}/cancel': {
    path: { id: JOB_ID },
    answer: { example: { ...JOB, state: 'cancelled', finished_at: '2026-05-01T08:00:03.000Z' } },
  },
  'GET /v1/samples': {
    answer: {
      example: {
        samples: [
          {
            name: 'dog-chases-cat',
            title: 'A dog chases a cat',
            questions: ['who is chased?'],
            media_url: '/v1/samples/dog-chases-cat/media',
          },
        ],
      },
    },
  },
  'GET /v1/samples/{name}/media': { path: { name: 'dog-chases-cat' }, isBare: true },
  'POST /v1/samples/{name}': {
    path: { name: 'dog-chases-cat' },
    answer: { example: { ...VIDEO, origin: 'sample', job: JOB } },
  },
};
