import { describe, expect, it } from 'vitest';
import { composePicture } from '../../../training/world/compose-picture.js';
import { Random } from '../../../training/world/random.js';
import { statement } from '../../../training/world/statement.js';

describe('statements about two pictures', () => {
  it('are true as often as false, whatever they say', () => {
    const answers = Array.from({ length: 400 }, (_, seed) =>
      statement(composePicture(2 * seed), composePicture(2 * seed + 1), new Random(seed)),
    );
    const share = answers.filter((task) => task.answer === 'True').length / answers.length;
    expect(share).toBeGreaterThan(0.42);
    expect(share).toBeLessThan(0.58);
    expect(new Set(answers.map((task) => task.prompt.replace(/ (left|right) .*/, ''))).size).toBeGreaterThan(
      20,
    );
  });

  it('judge what each picture holds', () => {
    const [left, right] = [composePicture(4), composePicture(5)];
    for (let seed = 0; seed < 200; seed++) {
      const { prompt, answer } = statement(left, right, new Random(seed));
      const said = /there is an? (.+) in the (left|right) picture/.exec(prompt);
      if (said === null) continue;
      const scene = said[2] === 'left' ? left : right;
      expect(answer === 'True').toBe(scene.groups.some((group) => group.kind.name === said[1]));
    }
  });
});
