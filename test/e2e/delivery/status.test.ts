import { expect, it } from 'vitest';
import { METRICS } from '../../../src/delivery/operations/metrics.js';
import { statusShape } from '../../../src/delivery/operations/status-shape.js';
import { Histogram } from '../../../src/shared/histogram.js';
import { modelFigures } from '../../fixtures/delivery/model-figures.js';
import { call, jobOf, untilJob, upload } from './http-calls.js';
import { LiveConnection } from './live-connection.js';
import { scriptedServer } from './scripted-server.js';

/** The samples of a metric in what Prometheus reads: labels to value. */
function samples(text: string, name: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => new RegExp(`^${name}(\\{|\\s)`).test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const [, labels = '', value = ''] = /^[a-z_]+(\{.*\})? (\S+)$/.exec(line) ?? [];
      return [labels, Number(value)];
    }),
  );
}

it('tells what the server does, for people and for Prometheus alike', async () => {
  const wait = new Histogram();
  for (const seconds of [0.02, 0.02, 20]) wait.add(seconds);
  let figures = modelFigures();
  const server = await scriptedServer({ model: () => figures });
  const sent = await upload(server.url, { clips: 3, seconds: 6 });
  await untilJob(server.url, jobOf(sent), 'done');
  const client = await LiveConnection.open(server.url);
  const { queue, engine } = figures;
  const none = new Histogram().counts;
  figures = modelFigures({
    queue: {
      ...queue,
      waiting: { question: 2, routine: 5 },
      finished: 7,
      refused: { question: 1, routine: 2 },
      waitSeconds: { question: wait.counts, routine: none },
    },
    process: { restarts: 3, hangs: 1, residentBytes: 1e9 },
    engine: { vision: { ...engine.vision, cache: { ...engine.vision.cache, hits: 3, misses: 1 } } },
  });

  const { status, body } = await call(`${server.url}/v1/status`);
  expect(status).toBe(200);
  const told = statusShape.strict().parse(body);
  expect(told).toMatchObject({
    model: { state: 'loading', name: null, restarts: 3, hangs: 1 },
    queue: { waiting: { question: 2, routine: 5 } },
    requests: { finished: 7, refused: 3 },
    image_tokens: { hits: 3, misses: 1, saved_ratio: 0.75 },
    memory: { model_bytes: 1e9, ffmpeg_bytes: 0 },
    clients: { websocket: 1, sse: 0 },
    jobs: { done: 1, queued: 0 },
    streams: { live: 0 },
  });
  expect(told.store.bytes).toBeGreaterThan(0);
  expect(told.store.video_bytes).toBeGreaterThan(0);
  expect(told.memory.server_bytes).toBeGreaterThan(1e6);
  const latency = new Map(told.latency.stages.map((stage) => [stage.stage, stage]));
  expect(latency.get('queue')).toMatchObject({ count: 3 });
  expect(latency.get('queue')?.p95_seconds).toBeGreaterThan(10);
  expect(latency.get('publish')?.count).toBeGreaterThan(3);
  expect(told.drops.find(({ reason }) => reason === 'queue_full')).toMatchObject({ count: 3 });

  const { text, type } = await call(`${server.url}/metrics`);
  expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
  for (const { name } of METRICS) expect(text).toContain(`# HELP ${name} `);
  expect(samples(text, 'palistream_queue_requests')).toEqual({
    '{priority="question"}': 2,
    '{priority="routine"}': 5,
  });
  expect(samples(text, 'palistream_model_restarts_total')).toEqual({ '': 3 });
  expect(samples(text, 'palistream_clients')).toEqual({
    '{transport="websocket"}': 1,
    '{transport="sse"}': 0,
  });
  expect(samples(text, 'palistream_jobs')).toMatchObject({ '{state="done"}': 1 });
  const buckets = samples(text, 'palistream_stage_seconds_bucket');
  expect(buckets['{stage="queue",le="0.025"}']).toBe(2);
  expect(buckets['{stage="queue",le="+Inf"}']).toBe(3);
  expect(samples(text, 'palistream_stage_seconds_count')).toMatchObject({ '{stage="queue"}': 3 });
  const requests = samples(text, 'palistream_http_request_seconds_count');
  expect(requests['{method="POST",route="/v1/videos",status="201"}']).toBe(1);
  expect(requests['{method="GET",route="/v1/jobs/:id",status="200"}']).toBeGreaterThan(0);
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  client.socket.close();
});

it('counts anew at every reading', async () => {
  const server = await scriptedServer({ model: () => modelFigures({ tokens: 4 }) });
  for (let i = 0; i < 3; i++) {
    const { text } = await call(`${server.url}/metrics`);
    expect(samples(text, 'palistream_tokens_total')).toEqual({ '': 4 });
  }
  await call(`${server.url}/nowhere/${'x'.repeat(50)}`);
  const { text } = await call(`${server.url}/metrics`);
  const requests = samples(text, 'palistream_http_request_seconds_count');
  expect(requests['{method="GET",route="none",status="404"}']).toBe(1);
});
