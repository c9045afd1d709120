import type { Benchmark } from '../benchmark.js';

export const vizwiz: Benchmark = {
  name: 'vizwiz',
  title: 'VizWiz VQA',
  reader: 'vizwiz',
  split: 'val',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 48,
  decoding: 'greedy',
  metric: 'vqa',
  card: {
    parts: ['accuracy'],
    split: 'test-std, on the official server',
    numbers: { 224: [73.7], 448: [75.52], 896: null },
    model: 'fine-tuned on VizWiz VQA, train+val',
  },
  source: {
    url: 'https://vizwiz.org/tasks-and-datasets/vqa/',
    licence: 'CC BY 4.0',
    files: ['annotations/val.json', 'val/'],
  },
  notes:
    "The answers of test are not public: here the validation set is scored, which the card's checkpoint was trained on.",
};
