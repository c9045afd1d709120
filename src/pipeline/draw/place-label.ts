import type { Rectangle } from './canvas.js';

/**
 * Where the label of a box goes: above it, else inside its upper edge, else below it, else further up; the first place
 * that is inside the picture and covers nothing that is taken, else the first that is inside.
 *
 * @returns the label's left upper corner, whole pixels
 */
export function placeLabel(
  box: Rectangle,
  label: { readonly width: number; readonly height: number },
  picture: { readonly width: number; readonly height: number },
  taken: readonly Rectangle[],
): { readonly left: number; readonly top: number } {
  const left = Math.max(0, Math.min(box.left, picture.width - label.width));
  const lowest = Math.max(0, picture.height - label.height);
  const above = box.top - label.height;
  const further = Array.from(
    { length: Math.floor(box.top / label.height) },
    (_, i) => above - i * label.height,
  );
  const tops = [above, box.top, box.bottom, box.bottom - label.height, ...further].filter(
    (top) => top >= 0 && top <= lowest,
  );
  const free = tops.find((top) => {
    const placed = { left, top, right: left + label.width, bottom: top + label.height };
    return taken.every((other) => !overlaps(placed, other));
  });
  return { left, top: free ?? tops[0] ?? Math.max(0, Math.min(box.top, lowest)) };
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
