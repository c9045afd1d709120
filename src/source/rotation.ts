import type { ProbeStream } from './probe-answer.js';

/**
 * The clockwise turn that displays a stream as it was meant, to the nearest quarter.
 *
 * The display matrix counts against the clock and wins over the older `rotate` tag, which counts with it.
 */
export function rotationOf(stream: Pick<ProbeStream, 'side_data_list' | 'tags'>): 0 | 90 | 180 | 270 {
  const matrix = stream.side_data_list?.find((entry) => entry.rotation !== undefined)?.rotation;
  const degrees = matrix === undefined ? Number(stream.tags?.['rotate'] ?? 0) : -matrix;
  if (!Number.isFinite(degrees)) return 0;
  const quarters = ((Math.round(degrees / 90) % 4) + 4) % 4;
  return ([0, 90, 180, 270] as const)[quarters] ?? 0;
}
