import type { Kind, Style } from './kinds.js';
import type { Action, Colour, Interaction, Light, Place } from './vocabulary.js';

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
  /** A stop on the way: the share of the way done by then, and when it begins and ends, 0..1 of the clip. */
  readonly halt: { readonly done: number; readonly from: number; readonly to: number } | null;
}

/** One thing, or several of a kind that do the same. */
export interface Group {
  readonly kind: Kind;
  readonly colour: Colour | null;
  readonly style: Style;
  readonly flip: boolean;
  readonly tilt: number;
  readonly members: readonly Motion[];
  /** In an interaction: who does it, and with whom. */
  readonly role: 'subject' | 'object' | null;
}

export interface Sign {
  readonly text: string;
  readonly font: number;
  readonly board: number;
  readonly pose: Pose;
}

/** What a camera makes of a picture; 0 is a perfect one. */
export interface Camera {
  /** Standard deviation of the noise, in 255ths. */
  readonly noise: number;
  /** Share of a 3 x 3 blur, 0..1. */
  readonly blur: number;
  /** How much of the detail within blocks of 4 x 4 pixels compression takes away, 0..1. */
  readonly loss: number;
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
  readonly light: Light;
  readonly camera: Camera;
  /** In the order they are drawn: a later one covers an earlier one. */
  readonly groups: readonly Group[];
  /** What the group in the role of subject does with the one in the role of object. */
  readonly interaction: Interaction | null;
  /** The groups act one after the other, in their order in `groups`. */
  readonly inTurn: boolean;
  readonly sign: Sign | null;
  readonly moving: boolean;
}
