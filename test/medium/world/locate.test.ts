import { describe, expect, it } from 'vitest';
import { parseDetections } from '../../../src/tasks/parse-detections.js';
import { composePicture } from '../../../training/world/compose-picture.js';
import { locationTasks } from '../../../training/world/locate.js';
import { Random } from '../../../training/world/random.js';
import { newCanvas, render, Studio } from '../../../training/world/render.js';
import { visibleBoxes } from '../../../training/world/visible-boxes.js';

describe('where things are', () => {
  it('is written so that it reads back as the boxes of the pixels that are seen', async () => {
    const studio = new Studio(112);
    const canvas = newCanvas(112, 112);
    let compared = 0;
    for (let seed = 0; seed < 30; seed++) {
      const film = await studio.film(composePicture(seed));
      render(film, 0, canvas);
      const boxes = visibleBoxes(canvas, film.actors.length);
      for (const { type, prompt, answer } of locationTasks(film, canvas, boxes, new Random(seed))) {
        if (type !== 'detect') continue;
        const { found, problems } = parseDetections(answer, 1023);
        expect(problems).toEqual([]);
        const asked = prompt.replace('detect ', '').split(' ; ');
        for (const { label, box } of found) {
          expect(asked).toContain(label);
          const near = boxes.some(
            (seen) =>
              seen !== null &&
              Math.abs(seen.left / 112 - box.xMin) < 0.002 &&
              Math.abs(seen.bottom / 112 - box.yMax) < 0.002,
          );
          expect(near).toBe(true);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(40);
  });
});
