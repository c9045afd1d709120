import { BugError } from '../../shared/errors.js';
import { expectShape, PIXEL_AXES, type Pixels, tensor } from '../../shared/tensor.js';
import { coefficients } from './coefficients.js';
import { RESIZE_FILTERS, type ResizeFilterName } from './filters.js';
import { resizeColumns, resizeRows } from './passes.js';

/**
 * Squashes or stretches a picture to a size, byte for byte as PIL's `Image.resize` does and so as the reference
 * preprocessing of Hugging Face: first along rows, then along columns, each pass rounded to bytes.
 *
 * @returns the picture itself when it has that size already
 * @throws BugError `resize_size`, `tensor_shape`
 */
export function resizePixels(
  pixels: Pixels,
  size: { readonly rows: number; readonly columns: number },
  filter: ResizeFilterName,
): Pixels {
  expectShape(pixels, [null, null, 3]);
  const [rows, columns] = pixels.dims;
  for (const side of [rows, columns, size.rows, size.columns]) {
    if (Number.isInteger(side) && side >= 1) continue;
    throw new BugError(
      'resize_size',
      `a picture of ${columns}x${rows} cannot be made ${size.columns}x${size.rows}, sides are whole pixels from 1`,
    );
  }
  const along = coefficients(columns, size.columns, RESIZE_FILTERS[filter]);
  const down = coefficients(rows, size.rows, RESIZE_FILTERS[filter]);
  let { data } = pixels;
  // Pillow turns the passes round for pictures more than 100 times as high as wide.
  if (rows > 100 * columns && size.rows < rows) {
    data = resizeRows(data, columns, down);
    if (size.columns !== columns) data = resizeColumns(data, size.rows, columns, along);
  } else {
    if (size.columns !== columns) data = resizeColumns(data, rows, columns, along);
    if (size.rows !== rows) data = resizeRows(data, size.columns, down);
  }
  return data === pixels.data ? pixels : tensor(PIXEL_AXES, [size.rows, size.columns, 3], data);
}
