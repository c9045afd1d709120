import { afterEach, expect, it, vi } from 'vitest';
import { OverlayPainter } from '../../../dashboard/videos/overlay-painter.js';
import { Palette } from '../../../src/pipeline/draw/palette.js';
import { maskRle } from '../../../src/tasks/mask-rle.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A canvas that is drawn to without effect; `made` counts those that were made for masks. */
function fakeCanvases() {
  const counts = { made: 0 };
  const nothing = (): void => undefined;
  const pen = {
    ...{ clearRect: nothing, drawImage: nothing, strokeRect: nothing, fillRect: nothing, fillText: nothing },
    ...{ putImageData: nothing, measureText: () => ({ width: 10 }) },
  };
  const newCanvas = () => ({ clientWidth: 64, clientHeight: 36, width: 0, height: 0, getContext: () => pen });
  vi.stubGlobal('window', { devicePixelRatio: 1 });
  vi.stubGlobal('document', {
    createElement: () => {
      counts.made++;
      return newCanvas();
    },
  });
  vi.stubGlobal(
    'ImageData',
    class {
      readonly data: Uint8ClampedArray;
      constructor(width: number, height: number) {
        this.data = new Uint8ClampedArray(width * height * 4);
      }
    },
  );
  return { counts, canvas: newCanvas() as unknown as HTMLCanvasElement };
}

it('unpacks a mask once while it is shown, and keeps none of those before', () => {
  const { counts, canvas } = fakeCanvases();
  const looks = Array.from({ length: 100 }, (_, seconds) => {
    const rle = maskRle({ width: 2, height: 2, data: Uint8Array.of(0, 1, 1, 0) });
    const box = { yMin: 0, xMin: 0, yMax: 1, xMax: 1 };
    return {
      seconds,
      endSeconds: seconds + 1,
      things: [{ label: 'cow', track: null, box, mask: null, rle }],
    };
  });
  const painter = new OverlayPainter([{ looks, words: [] }], new Palette());
  const paintAll = (): void => {
    for (const { seconds } of looks) {
      painter.paint(canvas, seconds, new Set());
      painter.paint(canvas, seconds + 0.5, new Set());
    }
  };
  paintAll();
  expect(counts.made).toBe(100);
  paintAll();
  expect(counts.made).toBe(200);
});
