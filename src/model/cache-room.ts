import type { TextConfig } from '../checkpoint/config.js';

/** Of the machine's memory, for keys and values; the weights may take three fifths (choose-precision.ts). */
const SHARE = 0.2;

/**
 * Tokens whose keys and values the memory has room for; those of the longest sequence in any case.
 * @param memoryBytes - of the machine, or of the container where that is less
 */
export function cacheRoom(
  shape: Pick<TextConfig, 'layers' | 'keyValueHeads' | 'headDim' | 'maxPositions'>,
  memoryBytes: number,
): number {
  const numbers = 2 * shape.layers * shape.keyValueHeads * shape.headDim; // keys and values, [layer, head, D] each
  const bytesPerToken = numbers * Float32Array.BYTES_PER_ELEMENT;
  return Math.max(shape.maxPositions, Math.floor((SHARE * memoryBytes) / bytesPerToken));
}
