import { describe, expect, it } from 'vitest';
import { composeClip } from '../../../training/world/compose-clip.js';
import { composePicture } from '../../../training/world/compose-picture.js';
import { composeScript } from '../../../training/world/compose-script.js';
import { KINDS } from '../../../training/world/kinds.js';
import { poseAt } from '../../../training/world/motion.js';
import { say } from '../../../training/world/say.js';
import type { Motion, Scene } from '../../../training/world/scene.js';

const CLIPS = Array.from({ length: 400 }, (_, seed) => composeClip(seed));
const PICTURES = Array.from({ length: 200 }, (_, seed) => composePicture(seed));
const members = (scene: Scene): Motion[] => scene.groups.flatMap((group) => [...group.members]);

describe('the toon world', () => {
  it('makes the same scene of the same seed, and others of others', () => {
    expect(composeClip(7)).toEqual(CLIPS[7]);
    expect(composePicture(7)).toEqual(PICTURES[7]);
    expect(new Set(CLIPS.map((scene) => JSON.stringify(scene))).size).toBe(CLIPS.length);
  });

  it('knows at least forty kinds, each under one name', () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(KINDS.map((kind) => kind.name)).size).toBe(KINDS.length);
  });

  it('moves things the way their action says, far enough to be seen', () => {
    for (const motion of CLIPS.flatMap(members)) {
      const [begin, end] = [poseAt(motion, 0), poseAt(motion, 1)];
      const [dx, dy] = [end.x - begin.x, end.y - begin.y];
      switch (motion.action) {
        case 'left':
          expect(dx).toBeLessThan(-0.1);
          break;
        case 'right':
          expect(dx).toBeGreaterThan(0.1);
          break;
        case 'up':
          expect(dy).toBeLessThan(-0.1);
          break;
        case 'down':
          expect(dy).toBeGreaterThan(0.1);
          break;
        case 'closer':
          expect(end.size / begin.size).toBeGreaterThan(1.8);
          break;
        case 'away':
          expect(begin.size / end.size).toBeGreaterThan(1.8);
          break;
        case 'appear':
          expect([begin.opacity, end.opacity]).toEqual([0, 1]);
          break;
        case 'disappear':
          expect([begin.opacity, end.opacity]).toEqual([1, 0]);
          break;
        case 'spin':
          expect(Math.abs(end.angle - begin.angle)).toBeGreaterThan(4);
          break;
        case 'jump':
          expect(begin.y - poseAt(motion, 0.5 / motion.hops).y).toBeGreaterThan(0.2);
          break;
        case 'still':
          expect(end).toEqual(begin);
          break;
      }
    }
  });

  it('keeps the centre of everything inside the picture from beginning to end', () => {
    for (const motion of [...CLIPS, ...PICTURES].flatMap(members))
      for (const u of [0, 0.25, 0.5, 0.75, 1]) {
        const { x, y } = poseAt(motion, u);
        expect(Math.min(x, y)).toBeGreaterThan(-0.02);
        expect(Math.max(x, y)).toBeLessThan(1.02);
      }
  });

  it('lets no two things of a kind be told apart by nothing', () => {
    for (const { groups } of [...CLIPS, ...PICTURES]) {
      const looks = groups.map(({ kind, colour }) => `${kind.name}/${colour ?? ''}`);
      expect(new Set(looks).size).toBe(looks.length);
    }
  });

  it('plays what a script asks for', () => {
    const script = {
      seed: 3,
      aspect: 4 / 3,
      place: 'sea' as const,
      cast: [{ kind: 'duck', action: 'down' as const, count: 2 }],
      sign: 'ZOO' as const,
    };
    expect(say(composeScript(script))).toBe('two ducks move down and a sign says ZOO on the sea');
    expect(() => composeScript({ ...script, cast: [{ kind: 'unicorn', action: 'up' }] })).toThrow(
      /no unicorn/,
    );
  });
});
