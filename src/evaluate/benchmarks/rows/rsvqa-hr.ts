import type { Benchmark } from '../benchmark.js';

export const rsvqaHr: Benchmark = {
  name: 'rsvqa-hr',
  title: 'RSVQA-HR',
  reader: 'rsvqa',
  options: { prefix: 'USGS', pictures: 'Data', extension: 'png' },
  split: 'test+test_phili',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'rsvqa',
  card: {
    parts: ['test', 'test_phili'],
    split: 'test and test2, without numbers',
    numbers: { 224: [92.61, 90.58], 448: [92.79, 90.54], 896: null },
    model: 'fine-tuned on RSVQA-HR, train+val',
  },
  source: {
    url: 'https://zenodo.org/records/6344367',
    licence: 'CC BY 4.0. Pictures: USGS, public domain',
    files: [
      'USGS_split_test_questions.json',
      'USGS_split_test_answers.json',
      'USGS_split_test_phili_questions.json',
      'USGS_split_test_phili_answers.json',
      'Data/',
    ],
  },
};
