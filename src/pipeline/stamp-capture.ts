import type { Clip } from '../shared/frame.js';

/** A clip with the moment its last frame had been decoded, milliseconds since 1970. */
export interface CapturedClip {
  readonly clip: Clip;
  readonly capturedAtMs: number;
}

/** Notes when each clip came. */
export async function* stampCapture(
  clips: AsyncIterable<Clip>,
  now: () => number,
): AsyncGenerator<CapturedClip> {
  for await (const clip of clips) yield { clip, capturedAtMs: now() };
}
