import { createHash } from 'node:crypto';
import type { Pixels } from '../../shared/tensor.js';

/** The key of a picture by its pixels' digest: one that comes again, from wherever, is encoded once. */
export function pixelsKey(pixels: Pixels): string {
  return createHash('sha256').update(pixels.data).digest('base64');
}
