import type { Kind } from '../kinds.js';
import type { Action, Colour, Interaction, Light, Place } from '../vocabulary.js';

export const LANGUAGES = ['en', 'es', 'de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Several of a kind, or one, as a sentence needs them. */
export interface Party {
  readonly kind: Kind;
  readonly colour: Colour | null;
  readonly count: number;
}

/** How a language says what the toon world shows. */
export interface Tongue {
  /** `a cow`, `two red cars`, where it is the subject of its sentence. */
  readonly some: (party: Party) => string;
  /** `the cow`, `the red cars`, likewise. */
  readonly the: (party: Party) => string;
  /** Only the name of many: `cows`. */
  readonly many: (kind: Kind) => string;
  /** What one or many do: `moves left`, `spin`. */
  readonly does: (action: Action, count: number) => string;
  /** One thing and another: `a dog chases a cat to the left`. */
  readonly together: (
    interaction: Interaction,
    subject: Party,
    object: Party,
    way: 'left' | 'right',
  ) => string;
  /** What the sentence of `together` cannot do without. */
  readonly verb: Readonly<Record<Interaction, string>>;
  /** As `together` says which way: `to the left`. */
  readonly towards: Readonly<Record<'left' | 'right', string>>;
  /** `first a cow jumps, then a dog spins`; clauses in their order. */
  readonly inTurn: (clauses: readonly string[]) => string;
  readonly place: Readonly<Record<Place, string>>;
  readonly colour: Readonly<Record<Colour, string>>;
  readonly way: Readonly<Record<'left' | 'right' | 'up' | 'down', string>>;
  readonly signSays: (text: string) => string;
  readonly signThatSays: (text: string) => string;
  readonly and: string;
  readonly yes: string;
  readonly no: string;
  /** The same content in other words: what comes before a caption, when moving and when not. */
  readonly lead: Readonly<Record<'video' | 'picture', string>>;
  /** `there are three things in all`. */
  readonly total: (count: number) => string;
  readonly light: Readonly<Record<Light, string>>;
  readonly ask: {
    readonly place: string;
    readonly howMany: (kind: Kind) => string;
    readonly colour: (party: Party) => string;
    readonly exists: (kind: Kind) => string;
    readonly does: (party: Party) => string;
    readonly way: (party: Party) => string;
  };
}

/** `a cow`, `a cow and a dog`, `a cow, a dog and a car`, with the language's `and`. */
export function joinedBy(and: string, parts: readonly string[]): string {
  return parts.length < 2
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} ${and} ${parts[parts.length - 1] ?? ''}`;
}
