import type { PipelineEvent } from '../pipeline/events.js';

export type Result = Extract<PipelineEvent, { kind: 'caption' | 'answer' }>;

/** A caption or an answer as one line of JSON. */
export function resultJson(result: Result): string {
  const { timing, provenance } = result;
  return JSON.stringify({
    kind: result.kind,
    ...(result.kind === 'answer' ? { question: result.question } : {}),
    clip: result.clip,
    start_seconds: result.startSeconds,
    end_seconds: result.endSeconds,
    text: result.text,
    stopped: result.stopped,
    ids: result.ids,
    model: provenance.model,
    precision: provenance.precision,
    prompt: provenance.prompt,
    frame_seconds: provenance.frameSeconds,
    captured_at: new Date(timing.capturedAtMs).toISOString(),
    timing_ms: {
      queue: round(timing.queueMs),
      encode: round(timing.encodeMs),
      prefill: round(timing.prefillMs),
      decode: round(timing.decodeMs),
      total: round(timing.totalMs),
    },
  });
}

/** Milliseconds to the microsecond: more digits are noise. */
export function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
