import type { Page } from 'playwright-core';

export interface OverlayColours {
  /** How many pixels of the overlay are painted. */
  readonly drawn: number;
  /** Around all that is painted in the colour of the first label, fractions of the picture. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** How much of all that is red, orange or yellow in the film lies in the box, 0 to 1. */
  readonly warmInside: number;
}

/** Measures what is drawn over a film, and the film under it. */
export function overlayColours(page: Page): Promise<OverlayColours> {
  return page.evaluate(() => {
    const film = document.querySelector('video');
    const overlay = document.querySelector<HTMLCanvasElement>('.screen canvas');
    const nothing = { drawn: 0, box: { left: 0, top: 0, width: 0, height: 0 }, warmInside: 0 };
    if (film === null || overlay === null || overlay.width === 0) return nothing;
    const { width, height } = overlay;
    // Read from copies: reading from the page's own canvas would slow it down, and the browser would say so.
    const read = (picture: CanvasImageSource): Uint8ClampedArray | [] => {
      const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      pen?.drawImage(picture, 0, 0, width, height);
      return pen?.getImageData(0, 0, width, height).data ?? [];
    };
    const painted = read(overlay);
    let [left, top, right, bottom, drawn] = [width, height, 0, 0, 0];
    for (let i = 0; i < width * height; i++) {
      // The first colour of the palette.
      const isBox = painted[i * 4] === 230 && painted[i * 4 + 1] === 25 && painted[i * 4 + 2] === 75;
      if ((painted[i * 4 + 3] ?? 0) > 0) drawn++;
      if (!isBox) continue;
      left = Math.min(left, i % width);
      right = Math.max(right, i % width);
      top = Math.min(top, Math.floor(i / width));
      bottom = Math.max(bottom, Math.floor(i / width));
    }
    if (drawn === 0) return nothing;
    const seen = read(film);
    let [warmInside, warm] = [0, 0];
    for (let i = 0; i < width * height; i++) {
      const isWarm = (seen[i * 4] ?? 0) > (seen[i * 4 + 2] ?? 0) + 60;
      if (!isWarm) continue;
      warm++;
      const x = i % width;
      const y = Math.floor(i / width);
      if (x >= left && x <= right && y >= top && y <= bottom) warmInside++;
    }
    return {
      drawn,
      box: {
        left: left / width,
        top: top / height,
        width: (right - left) / width,
        height: (bottom - top) / height,
      },
      warmInside: warm === 0 ? 0 : warmInside / warm,
    };
  });
}
