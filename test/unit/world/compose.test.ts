import { describe, expect, it } from 'vitest';
import { composeClip } from '../../../training/world/compose-clip.js';
import { composePicture } from '../../../training/world/compose-picture.js';
import { composeScript } from '../../../training/world/compose-script.js';
import { KINDS } from '../../../training/world/kinds.js';
import { poseAt } from '../../../training/world/motion.js';
import { say } from '../../../training/world/say.js';
import type { Motion, Scene } from '../../../training/world/scene.js';
import { INTERACTION_NAMES } from '../../../training/world/vocabulary.js';

const CLIPS = Array.from({ length: 400 }, (_, seed) => composeClip(seed));
const PICTURES = Array.from({ length: 200 }, (_, seed) => composePicture(seed));
const members = (scene: Scene): Motion[] => scene.groups.flatMap((group) => [...group.members]);

describe('the toon world', () => {
  it('makes the same scene of the same seed, and others of others', () => {
    expect(composeClip(7)).toEqual(CLIPS[7]);
    expect(composePicture(7)).toEqual(PICTURES[7]);
    expect(new Set(CLIPS.map((scene) => JSON.stringify(scene))).size).toBe(CLIPS.length);
  });

  it('has crowds more often where training asks for them', () => {
    const crowded = (scenes: readonly Scene[]) =>
      scenes.filter(({ groups }) => groups.some((group) => group.members.length > 3)).length;
    expect(PICTURES.map((_, seed) => composePicture(seed, { crowds: 0 }))).toEqual(PICTURES);
    expect(crowded(PICTURES)).toBeGreaterThan(0);
    expect(crowded(PICTURES.map((_, seed) => composePicture(seed, { crowds: 1 })))).toBeGreaterThan(
      2 * crowded(PICTURES),
    );
  });

  it('knows at least eighty kinds, each under one name', () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(80);
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
        case 'enter':
          expect(Math.abs(begin.x - 0.5)).toBeGreaterThan(0.5);
          expect(Math.abs(end.x - 0.5)).toBeLessThan(0.35);
          break;
        case 'leave':
          expect(Math.abs(begin.x - 0.5)).toBeLessThan(0.35);
          expect(Math.abs(end.x - 0.5)).toBeGreaterThan(0.5);
          break;
        case 'spin':
          expect(Math.abs(end.angle - begin.angle)).toBeGreaterThan(4);
          break;
        case 'jump':
          expect(
            begin.y - poseAt(motion, motion.from + ((motion.to - motion.from) * 0.5) / motion.hops).y,
          ).toBeGreaterThan(0.2);
          break;
        case 'still':
          expect(end).toEqual(begin);
          break;
      }
    }
  });

  it('keeps the centre of everything inside the picture from beginning to end', () => {
    const staying = [...CLIPS, ...PICTURES]
      .flatMap(members)
      .filter(({ action }) => action !== 'enter' && action !== 'leave');
    for (const motion of staying)
      for (const u of [0, 0.25, 0.5, 0.75, 1]) {
        const { x, y } = poseAt(motion, u);
        expect(Math.min(x, y)).toBeGreaterThan(-0.02);
        expect(Math.max(x, y)).toBeLessThan(1.02);
      }
  });

  it('plays every interaction and every number of things from one to six', () => {
    expect(new Set(CLIPS.map((scene) => scene.interaction))).toEqual(new Set([null, ...INTERACTION_NAMES]));
    const counts = new Set(PICTURES.map((scene) => members(scene).length));
    expect(counts).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  it('hides what passes behind, and lets what leaps come down on the other side', () => {
    for (const { groups, interaction } of CLIPS) {
      const [subject, object] = groups.map((group) => group.members[0]);
      if (subject === undefined || object === undefined) continue;
      if (interaction === 'pass') {
        const between = [0.3, 0.4, 0.5, 0.6, 0.7].map((u) => poseAt(subject, u).x - object.x);
        expect(Math.min(...between.map(Math.abs))).toBeLessThan(0.12);
      }
      if (interaction === 'leap') {
        const [before, above, after] = [0, 0.5, 1].map((u) => poseAt(subject, u));
        expect(Math.sign((before?.x ?? 0) - object.x)).toBe(-Math.sign((after?.x ?? 0) - object.x));
        expect(object.y - (above?.y ?? 0)).toBeGreaterThan(0.8 * object.size);
      }
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
      sign: 'ZOO',
    };
    expect(say(composeScript(script))).toBe('two ducks move down and a sign says ZOO on the sea');
    expect(() => composeScript({ ...script, cast: [{ kind: 'unicorn', action: 'up' }] })).toThrow(
      /no unicorn/,
    );
  });
});
