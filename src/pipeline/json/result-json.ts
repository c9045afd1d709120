import type { PipelineEvent } from '../events.js';
import type { StreamAnswerEvent } from '../stream-events.js';
import { roundMs } from './round-ms.js';
import { thingsJson } from './things-json.js';

type ResultKind = 'caption' | 'answer' | 'text' | 'detections' | 'masks';

/** A result of a file or of a live source. */
export type ResultEvent =
  Extract<PipelineEvent, { kind: ResultKind }> | Extract<StreamAnswerEvent, { kind: ResultKind }>;

/** A result as it is printed, kept and sent. */
export function resultJson(
  result: ResultEvent,
  polygons = false,
): { kind: string } & Record<string, unknown> {
  const { timing, provenance } = result;
  const isThings = result.kind === 'detections' || result.kind === 'masks';
  return {
    kind: result.kind,
    ...('question' in result ? { question: result.question } : {}),
    ...('askId' in result ? { ask_id: result.askId } : {}),
    clip: result.clip,
    start_seconds: result.startSeconds,
    end_seconds: result.endSeconds,
    ...(isThings ? thingsJson(result, polygons) : {}),
    text: result.text,
    stopped: result.stopped,
    ids: result.ids,
    model: provenance.model,
    precision: provenance.precision,
    ...('task' in provenance ? { task: provenance.task } : {}),
    prompt: provenance.prompt,
    frame_seconds: provenance.frameSeconds,
    ...('frameKeys' in provenance ? { frame_keys: provenance.frameKeys } : {}),
    captured_at: isoTime(timing.capturedAtMs),
    ...('windowClosedAtMs' in timing ? { window_closed_at: isoTime(timing.windowClosedAtMs) } : {}),
    ...('publishedAtMs' in timing ? { published_at: isoTime(timing.publishedAtMs) } : {}),
    timing_ms: {
      queue: roundMs(timing.queueMs),
      encode: roundMs(timing.encodeMs),
      prefill: roundMs(timing.prefillMs),
      decode: roundMs(timing.decodeMs),
      total: roundMs(timing.totalMs),
    },
  };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
