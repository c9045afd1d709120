import type { FoundThing, PipelineEvent, WholeThings } from '../pipeline/events.js';
import type { Box } from '../tasks/detection.js';
import { maskPolygons } from '../tasks/mask-polygons.js';
import { maskRle } from '../tasks/mask-rle.js';

export type Result = Extract<PipelineEvent, { kind: 'caption' | 'answer' | 'text' | 'detections' | 'masks' }>;

/** What a line says beside the result itself. */
export interface JsonExtras {
  /** Said once, in the first line after it is known. */
  readonly note?: string | null;
  /** Whether masks are given as outlines too. */
  readonly polygons?: boolean;
}

/** A result as one line of JSON. */
export function resultJson(result: Result, extras: JsonExtras = {}): string {
  const { timing, provenance } = result;
  const isThings = result.kind === 'detections' || result.kind === 'masks';
  return JSON.stringify({
    kind: result.kind,
    ...(typeof extras.note === 'string' ? { note: extras.note } : {}),
    ...(result.kind === 'answer' ? { question: result.question } : {}),
    clip: result.clip,
    start_seconds: result.startSeconds,
    end_seconds: result.endSeconds,
    ...(isThings ? thingsJson(result, extras.polygons === true) : {}),
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

function thingsJson({ seconds, size, found, problems }: WholeThings, polygons: boolean): object {
  return {
    seconds,
    width: size.width,
    height: size.height,
    found: found.map((thing) => thingJson(thing, polygons)),
    problems,
  };
}

function thingJson({ label, track, score, box, pixels, mask }: FoundThing, polygons: boolean): object {
  return {
    label,
    track,
    score: Math.round(score * 10_000) / 10_000,
    box: boxJson(box),
    box_pixels:
      pixels === null
        ? null
        : boxJson({ yMin: pixels.top, xMin: pixels.left, yMax: pixels.bottom, xMax: pixels.right }),
    ...(mask === null ? {} : { mask: maskRle(mask) }),
    ...(mask === null || !polygons ? {} : { polygons: maskPolygons(mask) }),
  };
}

function boxJson({ yMin, xMin, yMax, xMax }: Box): object {
  return { y_min: yMin, x_min: xMin, y_max: yMax, x_max: xMax };
}

/** Milliseconds to the microsecond: more digits are noise. */
export function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
