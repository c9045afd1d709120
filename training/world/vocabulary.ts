/** The paints of painted kinds, as sRGB. */
export const COLOURS = {
  red: [222, 40, 40],
  blue: [40, 90, 225],
  green: [40, 165, 60],
  yellow: [248, 214, 40],
  purple: [140, 60, 190],
  orange: [248, 134, 24],
} as const satisfies Record<string, readonly [number, number, number]>;
export type Colour = keyof typeof COLOURS;
export const COLOUR_NAMES = Object.keys(COLOURS) as Colour[];

/** Where a scene takes place, with the words that say so. */
export const PLACES = {
  grass: 'on the grass',
  street: 'on the street',
  sea: 'on the sea',
  night: 'at night',
  room: 'in a room',
  desert: 'in the desert',
  snow: 'in the snow',
  forest: 'in the forest',
  sky: 'in the sky',
  beach: 'on the beach',
} as const;
export type Place = keyof typeof PLACES;
export const PLACE_NAMES = Object.keys(PLACES) as Place[];

/** What is written on signs: these words, or a number of two digits. */
const SIGN_WORDS = [
  'STOP',
  'OPEN',
  'EXIT',
  'ZOO',
  'FARM',
  'CAFE',
  'TAXI',
  'PARK',
  'HOTEL',
  'BANK',
  'SHOP',
  'SALE',
  'SLOW',
  'BEACH',
  'PIZZA',
  'MUSIC',
  'SCHOOL',
  'CINEMA',
  'MARKET',
  'BAKERY',
  'MUSEUM',
  'GARDEN',
  'STATION',
  'LIBRARY',
];
const SIGN_NUMBERS = Array.from({ length: 90 }, (_, index) => String(10 + index));
export const SIGN_TEXTS: readonly string[] = [...SIGN_WORDS, ...SIGN_NUMBERS];
/** How many of them, from the first, are words. */
export const SIGN_WORD_COUNT = SIGN_WORDS.length;

/** What a thing does over a clip, with its words for one and for many. */
export const ACTIONS = {
  still: ['stands still', 'stand still'],
  left: ['moves left', 'move left'],
  right: ['moves right', 'move right'],
  up: ['moves up', 'move up'],
  down: ['moves down', 'move down'],
  closer: ['comes closer', 'come closer'],
  away: ['goes away', 'go away'],
  spin: ['spins', 'spin'],
  jump: ['jumps', 'jump'],
  appear: ['appears', 'appear'],
  disappear: ['disappears', 'disappear'],
  enter: ['comes in', 'come in'],
  leave: ['goes out', 'go out'],
} as const satisfies Record<string, readonly [string, string]>;
export type Action = keyof typeof ACTIONS;
export const ACTION_NAMES = Object.keys(ACTIONS) as Action[];

/** What each action becomes when the clip is played backwards. */
export const BACKWARDS: Record<Action, Action> = {
  still: 'still',
  left: 'right',
  right: 'left',
  up: 'down',
  down: 'up',
  closer: 'away',
  away: 'closer',
  spin: 'spin',
  jump: 'jump',
  appear: 'disappear',
  disappear: 'appear',
  enter: 'leave',
  leave: 'enter',
};

/** What one thing does with another, in the words that stand between the two. */
export const INTERACTIONS = {
  chase: 'chases',
  meet: 'meets',
  pass: 'passes behind',
  leap: 'jumps over',
  yield: 'gives way to',
} as const;
export type Interaction = keyof typeof INTERACTIONS;
export const INTERACTION_NAMES = Object.keys(INTERACTIONS) as Interaction[];

/** How bright it is. */
export const LIGHTS = ['day', 'dusk', 'dark'] as const;
export type Light = (typeof LIGHTS)[number];
