import type { Script } from '../training/world/compose-script.js';

/** The sample videos: what is played, and what is asked of it. */
export interface Sample {
  readonly file: string;
  readonly title: string;
  readonly script: Script;
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
  /** Asked too, and answered wrong by the bundled model as it is: kept in sight until it is not. */
  readonly stillWrong?: readonly { readonly question: string; readonly answer: string }[];
}

const WIDE = 16 / 9;

export const SAMPLES: readonly Sample[] = [
  {
    file: 'dog-chases-cat.mp4',
    title: 'A dog chases a cat',
    script: {
      seed: 12,
      aspect: 4 / 3,
      place: 'grass',
      cast: [],
      pair: { subject: 'dog', does: 'chase', object: 'cat', towards: 'left' },
    },
    questions: [
      { question: 'who chases the cat?', answer: 'a dog' },
      { question: 'which way does the dog go?', answer: 'left' },
      { question: 'where does this take place?', answer: 'on the grass' },
    ],
  },
  {
    file: 'cars-on-the-street.mp4',
    title: 'Two cars on the street',
    script: {
      seed: 27,
      aspect: 4 / 3,
      place: 'street',
      cast: [{ kind: 'car', action: 'right', count: 2, colour: 'red', size: 0.28 }],
    },
    questions: [
      { question: 'how many cars are there?', answer: '2' },
      { question: 'what color are the cars?', answer: 'red' },
      { question: 'which way do the cars go?', answer: 'right' },
    ],
  },
  {
    file: 'rocket-at-night.mp4',
    title: 'A rocket at night',
    script: { seed: 31, aspect: 1, place: 'night', cast: [{ kind: 'rocket', action: 'up', size: 0.4 }] },
    questions: [
      { question: 'what does the rocket do?', answer: 'moves up' },
      { question: 'where are we?', answer: 'at night' },
      { question: 'is there a cow?', answer: 'no' },
    ],
  },
  {
    file: 'cow-and-balloon.mp4',
    title: 'A cow stands and a balloon rises',
    script: {
      seed: 47,
      aspect: 4 / 3,
      place: 'grass',
      cast: [
        { kind: 'cow', action: 'still', size: 0.42 },
        { kind: 'balloon', action: 'up', colour: 'blue', size: 0.34 },
      ],
    },
    questions: [
      { question: 'what color is the balloon?', answer: 'blue' },
      { question: 'is there a cow?', answer: 'yes' },
      { question: 'what moves up?', answer: 'a blue balloon' },
      { question: 'what does the cow do?', answer: 'stands still' },
    ],
  },
  {
    file: 'ghost-in-the-room.mp4',
    title: 'A ghost in a room',
    script: {
      seed: 53,
      aspect: 4 / 3,
      place: 'room',
      cast: [{ kind: 'ghost', action: 'appear', size: 0.4 }],
    },
    questions: [
      { question: 'what does the ghost do?', answer: 'appears' },
      { question: 'how many things are there?', answer: '1' },
    ],
  },
  {
    file: 'boat-comes-closer.mp4',
    title: 'A boat comes closer',
    script: { seed: 61, aspect: WIDE, place: 'sea', cast: [{ kind: 'boat', action: 'closer', size: 0.45 }] },
    questions: [
      { question: 'what does the boat do?', answer: 'comes closer' },
      { question: 'how many boats are there?', answer: '1' },
    ],
  },
  {
    file: 'frog-jumps-over-cake.mp4',
    title: 'A frog jumps over a cake',
    script: {
      seed: 71,
      aspect: 4 / 3,
      place: 'grass',
      cast: [],
      pair: { subject: 'frog', does: 'leap', object: 'cake', towards: 'right' },
    },
    questions: [
      { question: 'who jumps over the cake?', answer: 'a frog' },
      { question: 'which way does the frog go?', answer: 'right' },
    ],
  },
  {
    file: 'one-after-the-other.mp4',
    title: 'A penguin moves, then a robot',
    script: {
      seed: 83,
      aspect: 4 / 3,
      place: 'snow',
      cast: [
        { kind: 'penguin', action: 'right', size: 0.34 },
        { kind: 'robot', action: 'up', size: 0.34 },
      ],
      inTurn: true,
    },
    questions: [
      { question: 'who acts first?', answer: 'a penguin' },
      { question: 'what happens last?', answer: 'a robot moves up' },
    ],
  },
];
