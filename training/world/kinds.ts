/** What a kind of thing is, for the words that fit it. */
export type Category = 'animal' | 'vehicle' | 'person' | 'object';

/** One kind of thing of the toon world: its words, its drawing in each icon set, whether it is painted. */
export interface Kind {
  readonly name: string;
  readonly plural: string;
  readonly category: Category;
  /** Icon name, the same in every set of `STYLES`. */
  readonly icon: string;
  /** Painted in one of `COLOURS`, which captions and answers then name. */
  readonly painted: boolean;
}

/** The icon sets the drawings come from; their licences are in training/README.md. */
export const STYLES = ['noto', 'fluent-emoji-flat', 'twemoji'] as const;
export type Style = (typeof STYLES)[number];

const kind = (category: Category, name: string, icon = name, more: Partial<Kind> = {}): Kind => ({
  name,
  plural: `${name}s`,
  category,
  icon,
  painted: false,
  ...more,
});

/** Order is part of the labels that training sees: add at the end. */
export const KINDS: readonly Kind[] = [
  kind('animal', 'cow'),
  kind('animal', 'horse'),
  kind('animal', 'pig'),
  kind('animal', 'sheep', 'ewe', { plural: 'sheep' }),
  kind('animal', 'rabbit'),
  kind('animal', 'dog'),
  kind('animal', 'cat'),
  kind('animal', 'tiger'),
  kind('animal', 'elephant'),
  kind('animal', 'camel'),
  kind('animal', 'monkey'),
  kind('animal', 'duck'),
  kind('animal', 'rooster'),
  kind('animal', 'penguin'),
  kind('animal', 'owl'),
  kind('animal', 'fish', 'tropical-fish', { plural: 'fish' }),
  kind('animal', 'whale'),
  kind('animal', 'turtle'),
  kind('animal', 'snake'),
  kind('animal', 'crab'),
  kind('animal', 'bee', 'honeybee'),
  kind('animal', 'butterfly', 'butterfly', { plural: 'butterflies' }),
  kind('vehicle', 'car', 'automobile', { painted: true }),
  kind('vehicle', 'bus', 'bus', { plural: 'buses', painted: true }),
  kind('vehicle', 'truck', 'delivery-truck', { painted: true }),
  kind('vehicle', 'fire engine', 'fire-engine'),
  kind('vehicle', 'tractor'),
  kind('vehicle', 'bicycle'),
  kind('vehicle', 'motorcycle'),
  kind('vehicle', 'train', 'locomotive'),
  kind('vehicle', 'boat', 'sailboat'),
  kind('vehicle', 'airplane'),
  kind('vehicle', 'rocket'),
  kind('person', 'man', 'man-walking', { plural: 'men' }),
  kind('person', 'dancer', 'woman-dancing'),
  kind('person', 'robot'),
  kind('person', 'ghost'),
  kind('person', 'snowman', 'snowman', { plural: 'snowmen' }),
  kind('object', 'ball', 'soccer-ball', { painted: true }),
  kind('object', 'balloon', 'balloon', { painted: true }),
  kind('object', 'apple', 'red-apple'),
  kind('object', 'banana'),
  kind('object', 'tree', 'deciduous-tree'),
  kind('object', 'cactus', 'cactus', { plural: 'cacti' }),
  kind('object', 'flower', 'sunflower'),
  kind('object', 'mushroom'),
  kind('object', 'house'),
  kind('object', 'umbrella', 'umbrella', { painted: true }),
  kind('object', 'star', 'star', { painted: true }),
  kind('object', 'key', 'key', { painted: true }),
  kind('object', 'guitar'),
  kind('object', 'cake', 'birthday-cake'),
  kind('animal', 'lion'),
  kind('animal', 'bear'),
  kind('animal', 'panda'),
  kind('animal', 'fox', 'fox', { plural: 'foxes' }),
  kind('animal', 'frog'),
  kind('animal', 'kangaroo'),
  kind('animal', 'giraffe'),
  kind('animal', 'zebra'),
  kind('animal', 'octopus', 'octopus', { plural: 'octopuses' }),
  kind('animal', 'snail'),
  kind('animal', 'ladybug', 'lady-beetle'),
  kind('animal', 'parrot'),
  kind('animal', 'crocodile'),
  kind('vehicle', 'helicopter'),
  kind('vehicle', 'flying saucer', 'flying-saucer'),
  kind('vehicle', 'skateboard'),
  kind('person', 'astronaut'),
  kind('person', 'alien'),
  kind('person', 'clown', 'clown-face'),
  kind('object', 'strawberry', 'strawberry', { plural: 'strawberries' }),
  kind('object', 'carrot'),
  kind('object', 'pizza'),
  kind('object', 'bell'),
  kind('object', 'chair', 'chair', { painted: true }),
  kind('object', 'clock', 'alarm-clock'),
  kind('object', 'gift', 'wrapped-gift', { painted: true }),
  kind('object', 'drum'),
  kind('object', 'crown'),
  kind('object', 'hat', 'top-hat', { painted: true }),
  kind('object', 'pineapple'),
  kind('object', 'castle'),
  kind('object', 'tent'),
];
