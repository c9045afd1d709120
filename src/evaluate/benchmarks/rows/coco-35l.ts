import type { Benchmark } from '../benchmark.js';

export const coco35l: Benchmark = {
  name: 'coco-35l',
  title: 'COCO-35L',
  reader: 'coco-35l',
  split: 'dev',
  prompt: 'caption {language}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'cider-languages',
  card: {
    parts: ['en', 'others', 'all'],
    split: 'dev',
    numbers: { 224: [139.2, 115.8, 116.4], 448: [141.2, 118.0, 118.6], 896: null },
    model: 'fine-tuned on COCO-35L, train',
  },
  source: {
    url: 'https://google.github.io/crossmodal-3600/',
    licence: 'Captions: CC BY 4.0. Pictures: as COCO',
    files: ['coco_mt_dev.jsonl', 'dataset_coco.json', 'val2014/'],
  },
};
