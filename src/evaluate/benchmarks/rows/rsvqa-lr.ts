import type { Benchmark } from '../benchmark.js';

export const rsvqaLr: Benchmark = {
  name: 'rsvqa-lr',
  title: 'RSVQA-LR',
  reader: 'rsvqa',
  options: { prefix: 'LR', pictures: 'Images_LR', extension: 'tif' },
  split: 'test',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'rsvqa',
  card: {
    parts: ['mean'],
    split: 'test, without numbers',
    numbers: { 224: [92.65], 448: [93.11], 896: null },
    model: 'fine-tuned on RSVQA-LR, train+val',
  },
  source: {
    url: 'https://zenodo.org/records/6344334',
    licence: 'CC BY 4.0. Pictures: Sentinel-2, free',
    files: ['LR_split_test_questions.json', 'LR_split_test_answers.json', 'Images_LR/'],
  },
};
