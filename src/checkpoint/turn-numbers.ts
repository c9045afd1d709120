import type { TensorLayout } from './checkpoint.js';

/**
 * Fills `target` with the numbers from number `first` on of an array whose axes are put into another order. The
 * numbers are moved as they are, 2 or 4 bytes each.
 *
 * @param source the whole array, row-major in the sizes `layout.stored`
 */
export function turnNumbers(
  source: Buffer,
  width: 2 | 4,
  { stored, order }: TensorLayout,
  first: number,
  target: Buffer,
): void {
  const strides = order.map((axis) => stored.slice(axis + 1).reduce((product, size) => product * size, 1));
  const sizes = order.map((axis) => stored[axis] ?? 1);
  const from = wordsOf(source, width);
  const to = wordsOf(target, width);
  const last = sizes.length - 1;
  const [rowSize = 1, rowStride = 1] = [sizes[last], strides[last]];
  for (let done = 0; done < to.length;) {
    let row = Math.floor((first + done) / rowSize);
    const begin = first + done - row * rowSize;
    let place = begin * rowStride;
    for (let axis = last - 1; axis >= 0; axis--) {
      const size = sizes[axis] ?? 1;
      place += (row % size) * (strides[axis] ?? 0);
      row = Math.floor(row / size);
    }
    const end = Math.min(done + rowSize - begin, to.length);
    for (; done < end; done++, place += rowStride) to[done] = from[place] ?? 0;
  }
}

/** Both buffers were made for this: they begin at a whole number. */
function wordsOf(bytes: Buffer, width: 2 | 4): Uint16Array | Uint32Array {
  const { buffer, byteOffset, byteLength } = bytes;
  return width === 2
    ? new Uint16Array(buffer, byteOffset, byteLength / 2)
    : new Uint32Array(buffer, byteOffset, byteLength / 4);
}
