import { DROPS } from './drops.js';
import type { Metric, Sample } from './metric.js';
import { STAGES } from './stages.js';

/** Every metric of the project; docs/metrics.md shows the same table. */
export const METRICS: readonly Metric[] = [
  {
    name: 'palistream_stage_seconds',
    type: 'histogram',
    help: 'Time that results spent in each stage of their way.',
    labels: ['stage'],
    read: ({ stages }) => STAGES.map((stage) => ({ labels: { stage }, value: stages[stage] })),
  },
  {
    name: 'palistream_queue_requests',
    type: 'gauge',
    help: 'Requests that wait for the model, by priority.',
    labels: ['priority'],
    read: ({ model }) => labelled('priority', { ...model.queue.waiting }),
  },
  {
    name: 'palistream_queue_bytes',
    type: 'gauge',
    help: 'Bytes of the pictures of requests that wait for the model.',
    read: ({ model }) => one(model.queue.waitingBytes),
  },
  {
    name: 'palistream_running_requests',
    type: 'gauge',
    help: 'Requests that the model works on together.',
    read: ({ model }) => one(model.queue.running),
  },
  {
    name: 'palistream_requests_started_total',
    type: 'counter',
    help: 'Requests that the model has begun, by priority.',
    labels: ['priority'],
    read: ({ model }) => labelled('priority', { ...model.queue.started }),
  },
  {
    name: 'palistream_requests_total',
    type: 'counter',
    help: 'Requests to the model that are over, by outcome: finished, failed, cancelled, refused, expired.',
    labels: ['outcome'],
    read: ({ model: { queue } }) =>
      labelled('outcome', {
        finished: queue.finished,
        failed: queue.failed,
        cancelled: queue.cancelled,
        refused: queue.refused.question + queue.refused.routine,
        expired: queue.expired.question + queue.expired.routine,
      }),
  },
  {
    name: 'palistream_request_retries_total',
    type: 'counter',
    help: 'Requests that were tried again as the model process died over them.',
    read: ({ model }) => one(model.queue.retries),
  },
  {
    name: 'palistream_drops_total',
    type: 'counter',
    help: 'What was left out, by reason.',
    labels: ['reason'],
    read: (figures) => DROPS.map(({ reason, count }) => ({ labels: { reason }, value: count(figures) })),
  },
  {
    name: 'palistream_tokens_total',
    type: 'counter',
    help: 'Tokens that the model has written.',
    read: ({ model }) => one(model.tokens),
  },
  {
    name: 'palistream_vision_passes_total',
    type: 'counter',
    help: 'Runs of the vision tower.',
    read: ({ model }) => one(model.engine.vision.passes),
  },
  {
    name: 'palistream_vision_frames_total',
    type: 'counter',
    help: 'Frames that went through the vision tower.',
    read: ({ model }) => one(model.engine.vision.frames),
  },
  {
    name: 'palistream_image_tokens_total',
    type: 'counter',
    help: 'Frames by where their image tokens came from: hit (the cache), miss (the tower), reused (a frame that looks the same).',
    labels: ['from'],
    read: ({ model: { engine } }) => {
      const { hits, misses, reused } = engine.vision.cache;
      return labelled('from', { hit: hits, miss: misses, reused });
    },
  },
  {
    name: 'palistream_image_token_cache_bytes',
    type: 'gauge',
    help: 'Bytes of the image tokens that are remembered.',
    read: ({ model }) => one(model.engine.vision.cache.bytes),
  },
  {
    name: 'palistream_image_token_cache_frames',
    type: 'gauge',
    help: 'Frames whose image tokens are remembered.',
    read: ({ model }) => one(model.engine.vision.cache.entries),
  },
  {
    name: 'palistream_model_ready',
    type: 'gauge',
    help: '1 while the model can answer.',
    read: ({ modelState }) => one(modelState.state === 'ready' ? 1 : 0),
  },
  {
    name: 'palistream_model_restarts_total',
    type: 'counter',
    help: 'Times the model process was started again after its death.',
    read: ({ model }) => one(model.process.restarts),
  },
  {
    name: 'palistream_model_hangs_total',
    type: 'counter',
    help: 'Times the model process was killed as it hung.',
    read: ({ model }) => one(model.process.hangs),
  },
  {
    name: 'palistream_resident_bytes',
    type: 'gauge',
    help: 'Memory of the processes: server, model, ffmpeg (all together).',
    labels: ['process'],
    read: ({ server, model, ffmpeg }) =>
      labelled('process', {
        server: server.residentBytes,
        model: model.process.residentBytes ?? 0,
        ffmpeg: ffmpeg.residentBytes,
      }),
  },
  {
    name: 'palistream_ffmpeg_processes',
    type: 'gauge',
    help: 'ffmpeg and ffprobe processes that run.',
    read: ({ ffmpeg }) => one(ffmpeg.processes),
  },
  {
    name: 'palistream_clients',
    type: 'gauge',
    help: 'Clients that follow topics, by how: websocket, sse.',
    labels: ['transport'],
    read: ({ live }) => labelled('transport', { websocket: live.sockets, sse: live.eventStreams }),
  },
  {
    name: 'palistream_outbox_bytes',
    type: 'gauge',
    help: 'Bytes that wait to be sent to clients that follow topics.',
    read: ({ live }) => one(live.waitingBytes),
  },
  {
    name: 'palistream_events_total',
    type: 'counter',
    help: 'Kept events that were told to topics, by kind.',
    labels: ['kind'],
    read: ({ events }) => labelled('kind', Object.fromEntries(events)),
  },
  {
    name: 'palistream_jobs',
    type: 'gauge',
    help: 'Jobs that are kept, by state.',
    labels: ['state'],
    read: ({ jobs }) => labelled('state', { ...jobs }),
  },
  {
    name: 'palistream_streams',
    type: 'gauge',
    help: 'Streams that are kept, by state.',
    labels: ['state'],
    read: ({ streams }) => labelled('state', { ...streams }),
  },
  {
    name: 'palistream_stream_frames_total',
    type: 'counter',
    help: 'Frames that streams have been given.',
    read: ({ streamCounts }) => one(streamCounts.frames),
  },
  {
    name: 'palistream_stream_windows_total',
    type: 'counter',
    help: 'Windows of streams that were given to the model.',
    read: ({ streamCounts }) => one(streamCounts.looked),
  },
  {
    name: 'palistream_stream_reconnects_total',
    type: 'counter',
    help: 'Times that sources of streams were connected to again.',
    read: ({ streamCounts }) => one(streamCounts.reconnects),
  },
  {
    name: 'palistream_store_bytes',
    type: 'gauge',
    help: 'Size of the store on disk, its log included.',
    read: ({ store }) => one(store.bytes),
  },
  {
    name: 'palistream_video_bytes',
    type: 'gauge',
    help: 'Size of all videos that are kept.',
    read: ({ store }) => one(store.videoBytes),
  },
  {
    name: 'palistream_disk_free_bytes',
    type: 'gauge',
    help: 'Room on the disk of PALISTREAM_DATA_DIR.',
    read: ({ store }) => (store.diskFreeBytes === null ? [] : one(store.diskFreeBytes)),
  },
  {
    name: 'palistream_http_request_seconds',
    type: 'histogram',
    help: 'HTTP requests by method, route and status; event streams are counted under palistream_clients.',
    labels: ['method', 'route', 'status'],
    read: ({ requests }) =>
      requests.map(({ method, route, status, seconds }) => ({
        labels: { method, route, status: String(status) },
        value: seconds,
      })),
  },
];

function one(value: number): readonly Sample<number>[] {
  return [{ value }];
}

function labelled(label: string, values: Readonly<Record<string, number>>): readonly Sample<number>[] {
  return Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }));
}
