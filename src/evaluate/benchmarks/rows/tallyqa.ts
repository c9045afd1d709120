import type { Benchmark } from '../benchmark.js';

export const tallyqa: Benchmark = {
  name: 'tallyqa',
  title: 'TallyQA',
  reader: 'tallyqa',
  split: 'test',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'tally',
  card: {
    parts: ['simple', 'complex'],
    split: 'test, simple and complex',
    numbers: { 224: [81.72, 69.56], 448: [84.86, 72.27], 896: null },
    model: 'fine-tuned on TallyQA, train',
  },
  source: {
    url: 'https://github.com/manoja328/TallyQA_dataset',
    licence: 'Apache 2.0. Pictures: as COCO and Visual Genome (CC BY 4.0)',
    files: ['test.json', 'val2014/', 'train2014/', 'VG_100K/', 'VG_100K_2/'],
  },
};
