import { describe, expect, it } from 'vitest';
import { questions } from '../../../training/world/ask.js';
import { composeClip } from '../../../training/world/compose-clip.js';
import { composeScript, type Script } from '../../../training/world/compose-script.js';
import { Random } from '../../../training/world/random.js';
import type { Scene } from '../../../training/world/scene.js';

const script = (more: Partial<Script>): Scene =>
  composeScript({ seed: 5, aspect: 4 / 3, place: 'grass', cast: [], ...more });
const answers = (scene: Scene, type: string): string[] =>
  questions(scene, new Random(1))
    .filter((task) => task.type === type)
    .map((task) => task.answer);

describe('the questions of the toon world', () => {
  it('are answered from what the scene holds', () => {
    const scene = script({ cast: [{ kind: 'car', action: 'left', count: 3, colour: 'green', size: 0.24 }] });
    expect(answers(scene, 'count')).toEqual(['3']);
    expect(answers(scene, 'colour')).toEqual(['green']);
    expect(answers(scene, 'way')).toEqual(['left']);
    expect(answers(scene, 'does')).toEqual(['move left']);
    expect(answers(scene, 'who')).toEqual(['three green cars']);
    expect(answers(scene, 'place')).toEqual(['on the grass']);
  });

  it.each([
    ['chase', 'a dog chases a cat to the left'],
    ['meet', 'a dog and a cat meet'],
    ['pass', 'a dog passes behind a cat to the left'],
    ['leap', 'a dog jumps over a cat to the left'],
    ['yield', 'a dog gives way to a cat'],
  ] as const)('tell who does what with whom: %s', (does, happens) => {
    const scene = script({ pair: { subject: 'dog', does, object: 'cat', towards: 'left' } });
    expect(answers(scene, 'together').slice(0, 2)).toEqual(['a dog', 'a cat']);
    expect(answers(scene, 'happens')).toEqual([happens]);
  });

  it('tell who acts first and who acts last', () => {
    const cast = [
      { kind: 'cow', action: 'spin' },
      { kind: 'pig', action: 'up' },
    ] as const;
    expect(answers(script({ cast, inTurn: true }), 'order')).toEqual([
      'a cow',
      'a pig',
      'a cow spins',
      'a pig moves up',
      'a cow spins',
      'a pig moves up',
    ]);
  });

  it('ask only prompts of PaliGemma, each with an answer', () => {
    for (let seed = 0; seed < 200; seed++)
      for (const { prompt, answer } of questions(composeClip(seed), new Random(seed))) {
        expect(prompt).toMatch(/^answer en \S/);
        expect(answer).toMatch(/^\S.*\S$|^\S$/);
      }
  });

  it('say no as well as yes', () => {
    const all = Array.from({ length: 100 }, (_, seed) =>
      questions(composeClip(seed), new Random(seed)),
    ).flat();
    for (const type of ['exists', 'check']) {
      const said = new Set(all.filter((task) => task.type === type).map((task) => task.answer));
      expect(said).toEqual(new Set(['yes', 'no']));
    }
  });
});
