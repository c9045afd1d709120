import type { Kind, Style } from './kinds.js';
import type { Action, Colour, Place, SignWord } from './vocabulary.js';

/** Where and how a thing is drawn at one moment. */
export interface Pose {
  /** Centre, as fractions of the picture's width and height. */
  readonly x: number;
  readonly y: number;
  /** Height of the drawing as a fraction of the picture's height. */
  readonly size: number;
  /** Radians, clockwise. */
  readonly angle: number;
  /** 0 unseen, 1 solid. */
  readonly opacity: number;
}

/** How one thing moves: where it is at the beginning, and what changes until the end. */
export interface Motion {
  readonly action: Action;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Way over the whole clip: fractions of width and height, factor of size, radians. */
  readonly dx: number;
  readonly dy: number;
  readonly growth: number;
  readonly turn: number;
  /** Jumps over the clip and their height. */
  readonly hops: number;
  readonly hopHeight: number;
  /** When it appears or disappears, 0..1 of the clip. */
  readonly moment: number;
  /** When the motion begins and ends, 0..1 of the clip. */
  readonly from: number;
  readonly to: number;
}

/** One thing, or several of a kind that do the same. */
export interface Group {
  readonly kind: Kind;
  readonly colour: Colour | null;
  readonly style: Style;
  readonly flip: boolean;
  readonly tilt: number;
  readonly members: readonly Motion[];
  /** In a chase: who runs behind and who runs ahead. */
  readonly role: 'chaser' | 'chased' | null;
}

export interface Sign {
  readonly word: SignWord;
  readonly font: number;
  readonly board: number;
  readonly pose: Pose;
}

/** Everything that is true of a clip or a picture; `render` draws it, `say` and `ask` tell it. */
export interface Scene {
  readonly seed: number;
  /** Width / height of the picture before it is squashed to the model's square. */
  readonly aspect: number;
  readonly place: Place;
  /** Which of the place's drawings, and the part of it that is seen. */
  readonly variant: number;
  readonly crop: { readonly x: number; readonly y: number; readonly zoom: number; readonly flip: boolean };
  readonly groups: readonly Group[];
  readonly sign: Sign | null;
  readonly moving: boolean;
}
