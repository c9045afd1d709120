import type { Generation } from '../language/generation.js';
import type { Model } from '../model/model.js';
import type { Clip } from '../shared/frame.js';
import type { ClipSpan, WholeText } from './events.js';

/** What a model wrote about a clip, with its age and origin. */
export function wholeText(
  model: Model,
  clip: Clip,
  prompt: string,
  generation: Generation,
  capturedAtMs: number,
  nowMs: number,
): Omit<WholeText, keyof ClipSpan> {
  const { encodeMs, prefillMs, decodeMs } = generation.timing;
  const totalMs = nowMs - capturedAtMs;
  return {
    text: generation.text,
    ids: generation.ids,
    steps: generation.steps,
    stopped: generation.stopped,
    timing: {
      capturedAtMs,
      queueMs: Math.max(0, totalMs - encodeMs - prefillMs - decodeMs),
      encodeMs,
      prefillMs,
      decodeMs,
      totalMs,
    },
    provenance: {
      model: model.info.name,
      precision: model.info.precision,
      prompt,
      frameSeconds: clip.frames.map((frame) => frame.timestampSeconds),
    },
  };
}
