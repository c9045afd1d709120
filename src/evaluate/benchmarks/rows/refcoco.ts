import type { Benchmark } from '../benchmark.js';

export const refcoco: Benchmark = {
  name: 'refcoco',
  title: 'RefCOCO',
  reader: 'refcoco',
  split: 'val',
  prompt: '{expression}',
  frames: null,
  textLength: 48,
  decoding: 'greedy',
  metric: 'mean-iou',
  card: {
    parts: ['refcoco', 'refcoco+', 'refcocog'],
    split: 'validation',
    numbers: { 224: [73.4, 68.32, 67.65], 448: [75.57, 69.76, 70.17], 896: [76.94, 72.18, 72.22] },
    model:
      'fine-tuned on RefCOCO, RefCOCO+ and RefCOCOg together, without the pictures of validation and test',
  },
  source: {
    url: 'https://github.com/lichengunc/refer',
    licence: 'Apache 2.0. Pictures: as COCO',
    files: [
      'refcoco/refs(unc).p',
      'refcoco+/refs(unc).p',
      'refcocog/refs(umd).p',
      'annotations/instances_train2017.json',
      'train2017/',
    ],
  },
  notes: 'The checkpoint needs a mask decoder.',
};
