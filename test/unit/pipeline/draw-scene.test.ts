import { describe, expect, it } from 'vitest';
import { Canvas } from '../../../src/pipeline/draw/canvas.js';
import type { DrawnLook, DrawnThing } from '../../../src/pipeline/draw/drawing.js';
import { maskRuns } from '../../../src/pipeline/draw/mask-runs.js';
import { inkOn, Palette } from '../../../src/pipeline/draw/palette.js';
import { placeLabel } from '../../../src/pipeline/draw/place-label.js';
import { sceneOf } from '../../../src/pipeline/draw/scene-at.js';
import { wrapWords } from '../../../src/pipeline/draw/wrap-words.js';

const thing = (track: number, x: number): DrawnThing => ({
  label: 'cow',
  track,
  box: { yMin: 0, xMin: x, yMax: 0.5, xMax: x + 0.1 },
  mask: Uint32Array.of(0, 0, 1),
});
const look = (seconds: number, ...things: DrawnThing[]): DrawnLook => ({
  seconds,
  endSeconds: seconds + 1,
  things,
});

describe('sceneOf', () => {
  const sceneAt = sceneOf({
    looks: [look(1, thing(1, 0.1), thing(2, 0.8)), look(2, thing(1, 0.3)), look(3)],
    words: [
      { startSeconds: 0, endSeconds: 4, text: 'long' },
      { startSeconds: 1, endSeconds: 2, text: 'newer' },
    ],
  });
  const places = (seconds: number) => sceneAt(seconds).things.map(({ track, box }) => [track, box.xMin]);

  it('moves a box evenly to where its track is next, and holds one whose track is not', () => {
    expect(places(1)).toEqual([
      [1, 0.1],
      [2, 0.8],
    ]);
    expect(places(1.5)).toEqual([
      [1, expect.closeTo(0.2)],
      [2, 0.8],
    ]);
    expect(places(2)).toEqual([[1, 0.3]]);
    expect(sceneAt(1.5).things[0]?.mask).toEqual(Uint32Array.of(0, 0, 1));
  });

  it('shows nothing before the first look and after the last', () => {
    expect([places(0.99), places(3), places(9)]).toEqual([[], [], []]);
  });

  it('shows the newest words that are not over', () => {
    expect([0, 1, 1.99, 2, 4].map((seconds) => sceneAt(seconds).words)).toEqual([
      'long',
      'newer',
      'newer',
      'long',
      null,
    ]);
  });

  it('gives the same scene again while nothing changes', () => {
    const still = sceneOf({ looks: [look(0, thing(1, 0.1)), look(1, thing(1, 0.1))], words: [] });
    expect(still(0.9)).toBe(still(0.1));
  });

  it('shows what was found in a picture, which has no length', () => {
    const picture = sceneOf({
      looks: [{ seconds: 0, endSeconds: 0, things: [thing(1, 0.1)] }],
      words: [{ startSeconds: 0, endSeconds: 0, text: 'a cow' }],
    });
    expect(picture(0)).toMatchObject({ things: [{ track: 1 }], words: 'a cow' });
  });
});

describe('placeLabel', () => {
  const picture = { width: 100, height: 100 };
  const label = { width: 30, height: 10 };
  const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

  it('goes above the box, inside when there is no room, and never out of the picture', () => {
    expect(placeLabel(box(10, 50, 40, 80), label, picture, [])).toEqual({ left: 10, top: 40 });
    expect(placeLabel(box(10, 5, 40, 80), label, picture, [])).toEqual({ left: 10, top: 5 });
    expect(placeLabel(box(90, 50, 100, 80), label, picture, [])).toEqual({ left: 70, top: 40 });
    expect(placeLabel(box(0, 98, 5, 100), { width: 30, height: 10 }, picture, [])).toEqual({
      left: 0,
      top: 88,
    });
  });

  it('makes room for labels that are there', () => {
    expect(placeLabel(box(10, 50, 40, 80), label, picture, [box(20, 42, 60, 48)])).toEqual({
      left: 10,
      top: 50,
    });
  });
});

describe('wrapWords', () => {
  const widthOf = (line: string) => line.length;

  it('breaks at spaces, breaks words that are too long, and says what it leaves out', () => {
    expect(wrapWords('one two three', widthOf, 7, 9)).toEqual(['one two', 'three']);
    expect(wrapWords('abcdefghij k', widthOf, 4, 9)).toEqual(['abcd', 'efgh', 'ij k']);
    expect(wrapWords('one two three four', widthOf, 7, 2)).toEqual(['one two', 'three\u2026']);
    expect(wrapWords('one two seventh four', widthOf, 7, 2)).toEqual(['one two', 'sevent\u2026']);
  });
});

describe('Palette', () => {
  it('gives each label one colour, and ink that can be read on it', () => {
    const palette = new Palette();
    const colours = Array.from({ length: 16 }, (_, i) => palette.colourOf(`label ${i}`));
    expect(new Set(colours.map(String)).size).toBe(16);
    expect(palette.colourOf('label 3')).toBe(colours[3]);
    expect([inkOn([255, 225, 25]), inkOn([128, 0, 0])]).toEqual([
      [0, 0, 0],
      [255, 255, 255],
    ]);
  });
});

describe('Canvas', () => {
  const at = (canvas: Canvas, x: number, y: number) => [
    ...canvas.data.subarray((y * canvas.width + x) * 4).subarray(0, 4),
  ];

  it('draws the edge of a rectangle and cuts it off at the picture', () => {
    const canvas = new Canvas(6, 6);
    canvas.outline({ left: 1, top: 1, right: 9, bottom: 5 }, 1, [10, 20, 30]);
    const drawn = Array.from({ length: 6 }, (_, y) =>
      Array.from({ length: 6 }, (_, x) => at(canvas, x, y)[3] === 255),
    );
    expect(drawn.map((row) => row.map((one) => (one ? '#' : '.')).join(''))).toEqual([
      '......',
      '.#####',
      '.#....',
      '.#....',
      '.#####',
      '......',
    ]);
  });

  it('lays translucent colours over one another', () => {
    const canvas = new Canvas(1, 1);
    canvas.tint(maskRuns({ width: 1, height: 1, data: Uint8Array.of(1) }), [200, 0, 0], 128);
    expect(at(canvas, 0, 0)).toEqual([200, 0, 0, 128]);
    canvas.fill({ left: 0, top: 0, right: 1, bottom: 1 }, [0, 0, 200], 128);
    const [red = 0, , blue = 0, alpha] = at(canvas, 0, 0);
    expect(alpha).toBe(192);
    expect(Math.abs(red - 67) + Math.abs(blue - 133)).toBeLessThanOrEqual(2);
  });
});
