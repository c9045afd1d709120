import { addGroup } from './add-group.js';
import { addInteraction } from './add-interaction.js';
import { KINDS, type Kind } from './kinds.js';
import { placeSign } from './place-sign.js';
import { Random } from './random.js';
import type { Group, Motion, Scene } from './scene.js';
import { crowdSize } from './sizes.js';
import { stage } from './stage.js';
import type { Action, Colour, Interaction, Place } from './vocabulary.js';

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
  /** Names of who does it and with whom; `cast` is empty then. */
  readonly pair?: {
    readonly subject: string;
    readonly does: Interaction;
    readonly object: string;
    readonly towards: 'left' | 'right';
  };
  /** The cast acts one after the other. */
  readonly inTurn?: boolean;
  readonly sign?: string;
}

/** When the first and the second act. */
const TURNS = [
  { from: 0, to: 0.42 },
  { from: 0.52, to: 0.95 },
] as const;

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
    // Samples are seen by day and through a perfect camera.
    const base = {
      ...stage(random, script.seed),
      aspect: script.aspect,
      place: script.place,
      light: 'day' as const,
      camera: { noise: 0, blur: 0, loss: 0 },
    };
    const groups: Group[] = [];
    const placed: Motion[] = [];
    if (script.pair !== undefined) {
      const { subject, does, object, towards } = script.pair;
      const pair = { subject: kindNamed(subject), object: kindNamed(object) };
      addInteraction(random, base.aspect, groups, does, towards, pair);
    }
    const complete = script.cast.every(({ kind, action, count = 1, colour, size }, turn) =>
      addGroup(random, base.aspect, groups, placed, {
        kind: kindNamed(kind),
        action,
        count,
        size: size ?? (count > 1 ? crowdSize(random, count) : random.between(0.3, 0.42)),
        colour,
        span: script.inTurn === true ? TURNS[turn] : undefined,
      }),
    );
    const sign = script.sign === undefined ? null : placeSign(random, base.aspect, placed, script.sign);
    if (complete && (script.sign === undefined || sign !== null)) {
      const interaction = script.pair?.does ?? null;
      return { ...base, groups, interaction, inTurn: script.inTurn === true, sign, moving: true };
    }
  }
  throw new RangeError(`there is no room for the scene of seed ${script.seed}`);
}
