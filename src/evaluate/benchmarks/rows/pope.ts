import type { Benchmark } from '../benchmark.js';

export const pope: Benchmark = {
  name: 'pope',
  title: 'POPE',
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
    numbers: { 224: [87.8, 85.87, 84.27], 448: [88.23, 86.77, 85.9], 896: null },
    model: 'fine-tuned on VQAv2, train+validation',
  },
  source: {
    url: 'https://github.com/AoiDragon/POPE',
    licence: 'MIT. Pictures: as COCO',
    files: ['coco_pope_random.json', 'coco_pope_popular.json', 'coco_pope_adversarial.json', 'val2014/'],
  },
  notes:
    'The published configuration asks the question as it stands; the prompt here is the one that fine-tunes on VQAv2 know.',
};
