import { describe, expect, it } from 'vitest';
import { composeScript } from '../../../training/world/compose-script.js';
import { KINDS, STYLES } from '../../../training/world/kinds.js';
import { LABELS_A_PATCH, labelPatches } from '../../../training/world/labels.js';
import { newCanvas, render, Studio } from '../../../training/world/render.js';
import type { Scene } from '../../../training/world/scene.js';
import { SpriteSheet } from '../../../training/world/sprites.js';
import { visibleBoxes } from '../../../training/world/visible-boxes.js';

const studio = new Studio(96);
const ball = (action: 'right' | 'still'): Scene =>
  composeScript({
    seed: 9,
    aspect: 1,
    place: 'snow',
    cast: [{ kind: 'ball', action, colour: 'red', size: 0.4 }],
  });

async function drawn(scene: Scene, u: number): Promise<{ rgb: Uint8Array; owner: Uint8Array }> {
  const canvas = newCanvas(96, 96);
  render(await studio.film(scene), u, canvas);
  return canvas;
}

/** Mean column of the pixels the first thing is seen in. */
const column = (owner: Uint8Array): number => {
  const seen = [...owner.keys()].filter((i) => owner[i] === 1);
  return seen.reduce((sum, i) => sum + (i % 96), 0) / seen.length;
};

describe('rendering the toon world', () => {
  it('has a drawing of every kind in every style', async () => {
    const sheet = new SpriteSheet(16);
    for (const style of STYLES)
      for (const kind of KINDS) {
        const [base] = await sheet.load(kind, style, null);
        expect(
          base?.data.some((value) => value > 0),
          `${style} ${kind.name}`,
        ).toBe(true);
      }
  });

  it('draws the same pixels again', async () => {
    expect((await drawn(ball('right'), 0.3)).rgb).toEqual((await drawn(ball('right'), 0.3)).rgb);
  });

  it('shows a thing that moves right further right at the end', async () => {
    const scene = ball('right');
    const [begin, end] = [await drawn(scene, 0), await drawn(scene, 1)];
    expect(column(end.owner)).toBeGreaterThan(column(begin.owner) + 20);
  });

  it('paints in the colour that the caption names', async () => {
    const { rgb, owner } = await drawn(ball('still'), 0);
    const sums = [0, 0, 0];
    owner.forEach((number, i) => {
      if (number === 1) for (let c = 0; c < 3; c++) sums[c] = (sums[c] ?? 0) + (rgb[3 * i + c] ?? 0);
    });
    const [red = 0, green = 0, blue = 0] = sums;
    expect(red).toBeGreaterThan(2 * Math.max(green, blue));
  });

  it('labels the patches where the thing is with its kind, and no others', async () => {
    const film = await studio.film(ball('still'));
    const canvas = newCanvas(96, 96);
    render(film, 0, canvas);
    const labels = new Uint8Array(36 * LABELS_A_PATCH);
    labelPatches(film, 0, canvas, visibleBoxes(canvas, film.actors.length), 6, labels, 0);
    const kind = KINDS.findIndex(({ name }) => name === 'ball');
    for (let patch = 0; patch < 36; patch++) {
      const [row, col] = [Math.floor(patch / 6) * 16, (patch % 6) * 16];
      let covered = 0;
      for (let y = 0; y < 16; y++)
        for (let x = 0; x < 16; x++) covered += canvas.owner[(row + y) * 96 + col + x] === 1 ? 1 : 0;
      expect(labels[patch * LABELS_A_PATCH] === kind).toBe(covered > 256 / 6);
    }
  });

  it('labels how much of each cell of a patch the thing covers, and which thing it is', async () => {
    const film = await studio.film(ball('still'));
    const canvas = newCanvas(84, 84);
    render(film, 0, canvas);
    const labels = new Uint8Array(36 * LABELS_A_PATCH);
    labelPatches(film, 0, canvas, visibleBoxes(canvas, film.actors.length), 6, labels, 0);
    const own = (x: number, y: number): number => (canvas.owner[y * 84 + x] === 1 ? 1 : 0);
    let things = 0;
    for (let patch = 0; patch < 36; patch++) {
      const last = (patch + 1) * LABELS_A_PATCH - 1;
      const isThing = labels[last] === 1;
      things += isThing ? 1 : 0;
      for (let cell = 0; cell < 49; cell++) {
        const x = (patch % 6) * 14 + (cell % 7) * 2;
        const y = Math.floor(patch / 6) * 14 + Math.floor(cell / 7) * 2;
        const covered = own(x, y) + own(x + 1, y) + own(x, y + 1) + own(x + 1, y + 1);
        const label = labels[last - 49 + cell] ?? 0;
        expect(Math.round((4 * label) / 255)).toBe(isThing ? covered : 0);
      }
    }
    expect(things).toBeGreaterThan(3);
  });
});
