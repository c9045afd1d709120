import type { Benchmark } from '../benchmark.js';

export const gqa: Benchmark = {
  name: 'gqa',
  title: 'GQA',
  reader: 'gqa',
  split: 'testdev_balanced',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'exact',
  card: {
    parts: ['accuracy'],
    split: 'testdev balanced',
    numbers: { 224: [65.61], 448: [67.03], 896: null },
    model: 'fine-tuned on GQA, train_balanced+val_balanced',
  },
  source: {
    url: 'https://cs.stanford.edu/people/dorarad/gqa/download.html',
    licence: 'CC BY 4.0',
    files: ['testdev_balanced_questions.json', 'images/'],
  },
};
