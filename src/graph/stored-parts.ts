import type { ElementType } from './onnx-schema.js';
import { ELEMENT_BYTES } from './onnx-schema.js';
import { BLOCK, type StoredFormat } from './stored-format.js';

/** One stretch of a stored weight: its numbers, or their scales. */
export interface StoredPart {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly byteLength: number;
}

/** What a weight of this shape is stored as, in order: the numbers, then (but for floats) the scales. */
export function storedParts(format: StoredFormat, shape: readonly number[]): StoredPart[] {
  const [rows = 1, columns = 1] = shape;
  switch (format) {
    case 'float':
      return [part('float', shape)];
    case 'channels8':
      return [part('int8', [columns, rows]), part('float', [rows])];
    case 'table8':
      return [part('uint8', [rows, columns]), part('float', [rows, Math.ceil(columns / BLOCK[format])])];
    case 'blocks8':
    case 'blocks4': {
      const blocks = Math.ceil(columns / BLOCK[format]);
      const bytes = format === 'blocks4' ? BLOCK[format] / 2 : BLOCK[format];
      return [part('uint8', [rows, blocks, bytes]), part('float', [rows, blocks])];
    }
  }
}

function part(type: ElementType, shape: readonly number[]): StoredPart {
  return { type, shape, byteLength: shape.reduce((product, size) => product * size, ELEMENT_BYTES[type]) };
}
