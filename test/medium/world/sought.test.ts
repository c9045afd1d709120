import { expect, it } from 'vitest';
import { chooseTasks } from '../../../training/world/choose-tasks.js';
import { composePicture } from '../../../training/world/compose-picture.js';
import { Random } from '../../../training/world/random.js';
import { newCanvas, render, Studio } from '../../../training/world/render.js';
import { soughtActors } from '../../../training/world/sought.js';
import { visibleBoxes } from '../../../training/world/visible-boxes.js';

it('names the actors that a task is about, as many as its answer tells', async () => {
  const studio = new Studio(112);
  const canvas = newCanvas(112, 112);
  const types = new Set<string>();
  for (let seed = 500; seed < 530; seed++) {
    const film = await studio.film(composePicture(seed));
    render(film, 0, canvas);
    const boxes = visibleBoxes(canvas, film.actors.length);
    for (const task of chooseTasks(film, new Random(seed), 12, { canvas, boxes })) {
      const sought = soughtActors(film, task);
      const { type, prompt, answer } = task;
      if (type === 'count')
        expect({ prompt, count: String(sought?.length) }).toEqual({ prompt, count: answer });
      else if (type === 'exists')
        expect({ prompt, is: sought?.length !== 0 }).toEqual({ prompt, is: answer === 'yes' });
      else if (type === 'detect') expect(sought).toHaveLength(answer === '' ? 0 : answer.split(';').length);
      else if (type === 'ocr') expect(sought).toHaveLength(answer === '' ? 0 : 1);
      else if (type === 'place') expect(sought).toBeNull();
      else continue;
      types.add(type);
    }
  }
  expect([...types].sort()).toEqual(['count', 'detect', 'exists', 'ocr', 'place']);
});
