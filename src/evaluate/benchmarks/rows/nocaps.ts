import type { Benchmark } from '../benchmark.js';

export const nocaps: Benchmark = {
  name: 'nocaps',
  title: 'NoCaps',
  reader: 'nocaps',
  split: 'val',
  prompt: 'caption en',
  frames: null,
  textLength: 32,
  decoding: { beams: 2 },
  metric: 'cider',
  card: {
    parts: ['cider'],
    split: 'val',
    numbers: { 224: [121.72], 448: [123.58], 896: null },
    model: 'fine-tuned on COCO captions, train+restval',
  },
  source: {
    url: 'https://nocaps.org/download',
    licence: 'Captions: CC BY 2.0. Pictures: Open Images, CC BY 2.0',
    files: ['nocaps_val_4500_captions.json', 'Images/validation/'],
  },
};
