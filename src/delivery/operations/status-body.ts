import type { ModelState } from '../served-model.js';
import { DROPS } from './drops.js';
import type { Figures } from './figures.js';
import type { StatusBody } from './status-shape.js';

/** The figures as they are told over HTTP. */
export function statusBody(figures: Figures, version: string): StatusBody {
  const { model, live, eventLoop, store, server } = figures;
  const { queue, process, engine, tokens } = model;
  const { hits, misses, reused, bytes, maxBytes, entries } = engine.vision.cache;
  const seen = hits + misses + reused;
  return {
    version,
    started_at: new Date(figures.startedMs).toISOString(),
    uptime_seconds: Math.max(0, figures.nowMs - figures.startedMs) / 1000,
    model: { ...modelOf(figures.modelState), restarts: process.restarts, hangs: process.hangs },
    queue: {
      waiting: { ...queue.waiting },
      waiting_bytes: queue.waitingBytes,
      running: queue.running,
      running_tokens: queue.runningTokens,
    },
    requests: {
      finished: queue.finished,
      failed: queue.failed,
      cancelled: queue.cancelled,
      refused: queue.refused.question + queue.refused.routine,
      expired: queue.expired.question + queue.expired.routine,
      retries: queue.retries,
      tokens,
    },
    latency: {
      window_seconds: figures.latencySeconds,
      stages: figures.latencies.map(({ stage, count, p50Seconds, p95Seconds }) => ({
        ...{ stage, count, p50_seconds: p50Seconds, p95_seconds: p95Seconds },
      })),
    },
    image_tokens: {
      ...{ hits, misses, reused },
      saved_ratio: seen === 0 ? null : (hits + reused) / seen,
      vision_passes: engine.vision.passes,
      vision_frames: engine.vision.frames,
      ...{ bytes, max_bytes: maxBytes, frames: entries },
    },
    memory: {
      server_bytes: server.residentBytes,
      server_heap_bytes: server.heapBytes,
      model_bytes: process.residentBytes,
      ffmpeg_bytes: figures.ffmpeg.residentBytes,
    },
    ffmpeg: { processes: figures.ffmpeg.processes },
    event_loop:
      eventLoop === null
        ? null
        : {
            p50_seconds: eventLoop.p50Seconds,
            p99_seconds: eventLoop.p99Seconds,
            max_seconds: eventLoop.maxSeconds,
          },
    clients: { websocket: live.sockets, sse: live.eventStreams, waiting_bytes: live.waitingBytes },
    jobs: { ...figures.jobs },
    streams: { ...figures.streams },
    store: {
      bytes: store.bytes,
      video_bytes: store.videoBytes,
      disk_free_bytes: store.diskFreeBytes,
    },
    drops: DROPS.map(({ reason, unit, why, count }) => ({ reason, unit, count: count(figures), why })),
  };
}

function modelOf(state: ModelState): Omit<StatusBody['model'], 'restarts' | 'hangs'> {
  const model = state.state === 'ready' || state.state === 'restarting' ? state.model : null;
  return {
    state: state.state,
    error: state.state === 'failed' ? { code: state.code, message: state.message } : null,
    name: model?.name ?? null,
    family: model?.family ?? null,
    precision: model?.precision ?? null,
    parameters: model?.parameters ?? null,
    image_size: model?.imageSize ?? null,
    tokens_per_frame: model?.tokensPerFrame ?? null,
  };
}
