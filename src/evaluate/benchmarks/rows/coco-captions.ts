import type { Benchmark } from '../benchmark.js';

export const cocoCaptions: Benchmark = {
  name: 'coco-captions',
  title: 'COCO captions',
  reader: 'coco-captions',
  split: 'val',
  prompt: 'caption en',
  frames: null,
  textLength: 32,
  decoding: { beams: 2 },
  metric: 'cider',
  card: {
    parts: ['cider'],
    split: 'val',
    numbers: { 224: [141.92], 448: [144.6], 896: null },
    model: 'fine-tuned on COCO captions, train+restval',
  },
  source: {
    url: 'https://cocodataset.org/#download',
    licence: 'Captions: CC BY 4.0. Pictures: Flickr, each under the terms of its owner',
    files: ["dataset_coco.json (Karpathy's splits, caption_datasets.zip)", 'val2014/'],
  },
};
