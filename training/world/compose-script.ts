import { addChase } from './add-chase.js';
import { addGroup } from './add-group.js';
import { KINDS, type Kind } from './kinds.js';
import { placeSign } from './place-sign.js';
import { Random } from './random.js';
import type { Group, Motion, Scene } from './scene.js';
import { crowdSize } from './sizes.js';
import { stage } from './stage.js';
import type { Action, Colour, Place, SignWord } from './vocabulary.js';

/** A scene that is wanted as it is said; chance decides only where things stand and how they look. */
export interface Script {
  readonly seed: number;
  readonly aspect: number;
  readonly place: Place;
  readonly cast: readonly {
    readonly kind: string;
    readonly action: Action;
    readonly count?: number;
    readonly colour?: Colour;
    readonly size?: number;
  }[];
  /** Names of who runs behind and who runs ahead; `cast` is empty then. */
  readonly chase?: { readonly chaser: string; readonly chased: string; readonly towards: 'left' | 'right' };
  readonly sign?: SignWord;
}

function kindNamed(name: string): Kind {
  const found = KINDS.find((kind) => kind.name === name);
  if (found === undefined) throw new RangeError(`the toon world has no ${name}`);
  return found;
}

/**
 * The scene that a script asks for.
 * @throws RangeError when a kind is unknown or there is no room for everything
 */
export function composeScript(script: Script): Scene {
  const random = new Random(script.seed);
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = { ...stage(random, script.seed), aspect: script.aspect, place: script.place };
    const groups: Group[] = [];
    const placed: Motion[] = [];
    if (script.chase !== undefined) {
      const { chaser, chased, towards } = script.chase;
      addChase(random, base.aspect, groups, towards, {
        chaser: kindNamed(chaser),
        chased: kindNamed(chased),
      });
    }
    const complete = script.cast.every(({ kind, action, count = 1, colour, size }) => {
      const height = size ?? (count > 1 ? crowdSize(random, count) : random.between(0.3, 0.42));
      return addGroup(random, base.aspect, groups, placed, kindNamed(kind), action, count, height, colour);
    });
    const sign = script.sign === undefined ? null : placeSign(random, base.aspect, placed, script.sign);
    if (complete && (script.sign === undefined || sign !== null))
      return { ...base, groups, sign, moving: true };
  }
  throw new RangeError(`there is no room for the scene of seed ${script.seed}`);
}
