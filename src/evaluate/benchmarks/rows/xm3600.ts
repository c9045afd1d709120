import type { Benchmark } from '../benchmark.js';

export const xm3600: Benchmark = {
  name: 'xm3600',
  title: 'XM3600',
  reader: 'xm3600',
  split: 'test',
  prompt: 'caption {language}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'cider-languages',
  card: {
    parts: ['en', 'others', 'all'],
    split: 'test',
    numbers: { 224: [78.1, 41.3, 42.4], 448: [80.0, 41.9, 42.9], 896: null },
    model: 'fine-tuned on COCO-35L, train',
  },
  source: {
    url: 'https://google.github.io/crossmodal-3600/',
    licence: 'CC BY 4.0, pictures included',
    files: ['captions.jsonl', 'images/'],
  },
};
