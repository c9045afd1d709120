import type { Benchmark } from '../benchmark.js';

export const popeMix: Benchmark = {
  name: 'pope-mix',
  title: 'POPE, mix model',
  reader: 'pope',
  split: 'test',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 48,
  decoding: 'greedy',
  metric: 'pope',
  card: {
    parts: ['random', 'popular', 'adversarial'],
    split: 'test',
    numbers: { 224: [88.0, 86.63, 85.67], 448: [89.37, 88.4, 87.47], 896: null },
    model: 'mix',
  },
  source: {
    url: 'https://github.com/AoiDragon/POPE',
    licence: 'MIT. Pictures: as COCO',
    files: ['coco_pope_random.json', 'coco_pope_popular.json', 'coco_pope_adversarial.json', 'val2014/'],
  },
};
