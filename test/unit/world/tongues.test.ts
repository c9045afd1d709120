import { describe, expect, it } from 'vitest';
import { composeClip } from '../../../training/world/compose-clip.js';
import { composePicture } from '../../../training/world/compose-picture.js';
import { composeScript } from '../../../training/world/compose-script.js';
import { KINDS } from '../../../training/world/kinds.js';
import { captions, say } from '../../../training/world/say.js';
import { LANGUAGES } from '../../../training/world/tongues/tongue.js';
import { TONGUES } from '../../../training/world/tongues/tongues.js';

describe('the languages of the toon world', () => {
  it('have a word of their own for every kind', () => {
    for (const language of LANGUAGES) {
      const words = KINDS.map((kind) => TONGUES[language].some({ kind, colour: null, count: 1 }));
      expect(new Set(words).size, language).toBe(KINDS.length);
    }
  });

  it('say the same scene, each with its own agreement', () => {
    const scene = composeScript({
      seed: 5,
      aspect: 4 / 3,
      place: 'street',
      cast: [{ kind: 'chair', action: 'left', count: 2, colour: 'red', size: 0.24 }],
    });
    expect(LANGUAGES.map((language) => say(scene, language))).toEqual([
      'two red chairs move left on the street',
      'dos sillas rojas van a la izquierda en la calle',
      'zwei rote Stühle bewegen sich nach links auf der Straße',
      'deux chaises rouges vont à gauche dans la rue',
    ]);
  });

  it('bend German articles and weak nouns by their case', () => {
    const scene = (does: 'chase' | 'pass'): string =>
      say(
        composeScript({
          seed: 5,
          aspect: 1,
          place: 'snow',
          cast: [],
          pair: { subject: 'cow', does, object: 'bear', towards: 'right' },
        }),
        'de',
      );
    expect(scene('chase')).toBe('eine Kuh jagt einen Bären nach rechts im Schnee');
    expect(scene('pass')).toBe('eine Kuh geht hinter einem Bären nach rechts vorbei im Schnee');
  });

  it('word every caption in three ways', () => {
    for (let seed = 0; seed < 50; seed++)
      for (const scene of [composeClip(seed), composePicture(seed)])
        for (const language of LANGUAGES) {
          const said = captions(scene, language);
          expect(new Set(said).size).toBe(3);
          expect(said.join(' ')).not.toMatch(/undefined|null| {2}/);
        }
  });
});
