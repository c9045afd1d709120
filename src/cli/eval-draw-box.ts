import type { Box } from '../evaluate/boxes/box.js';
import { PIXEL_AXES, type Pixels, tensor } from '../shared/tensor.js';

const RED = [255, 0, 0];

/**
 * A picture with the outline of a box in red, one pixel wide, as TensorFlow's `draw_bounding_boxes` draws it: what is
 * outside the picture is left out.
 * @param box in shares of the picture
 */
export function drawBox(picture: Pixels, box: Box | undefined): Pixels {
  const [rows, columns] = picture.dims;
  const drawn = tensor(PIXEL_AXES, picture.dims, Uint8Array.from(picture.data));
  if (box === undefined) return drawn;
  const [top, bottom] = [Math.trunc(box.top * (rows - 1)), Math.trunc(box.bottom * (rows - 1))];
  const [left, right] = [Math.trunc(box.left * (columns - 1)), Math.trunc(box.right * (columns - 1))];
  const paint = (row: number, column: number): void => {
    if (row < 0 || row >= rows || column < 0 || column >= columns) return;
    drawn.data.set(RED, (row * columns + column) * 3);
  };
  for (let column = left; column <= right; column++)
    [top, bottom].forEach((row) => {
      paint(row, column);
    });
  for (let row = top; row <= bottom; row++)
    [left, right].forEach((column) => {
      paint(row, column);
    });
  return drawn;
}
