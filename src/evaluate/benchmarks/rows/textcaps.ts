import type { Benchmark } from '../benchmark.js';

export const textcaps: Benchmark = {
  name: 'textcaps',
  title: 'TextCaps',
  reader: 'textcaps',
  split: 'val',
  prompt: 'caption en',
  frames: null,
  textLength: 32,
  decoding: { beams: 3 },
  metric: 'cider',
  card: {
    parts: ['cider'],
    split: 'val',
    numbers: { 224: [127.48], 448: [153.94], 896: null },
    model: 'fine-tuned on TextCaps, train',
  },
  source: {
    url: 'https://textvqa.org/textcaps/dataset/',
    licence: 'CC BY 4.0. Pictures: Open Images, CC BY 2.0',
    files: ['TextCaps_0.1_val.json', 'train_images/'],
  },
};
