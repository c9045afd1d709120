import type { Benchmark } from '../benchmark.js';

export const screen2words: Benchmark = {
  name: 'screen2words',
  title: 'Screen2Words',
  reader: 'screen2words',
  split: 'test',
  prompt: 'caption en',
  frames: null,
  textLength: 24,
  decoding: 'greedy',
  metric: 'cider',
  card: {
    parts: ['cider'],
    split: 'test',
    numbers: { 224: [117.57], 448: [119.59], 896: null },
    model: 'fine-tuned on Screen2Words, train+dev',
  },
  source: {
    url: 'https://github.com/google-research-datasets/screen2words',
    licence: 'CC BY 4.0. Pictures: Rico, for research',
    files: ['split/test_screens.txt', 'screen_summaries.csv', 'combined/ (Rico, unique_uis.tar.gz)'],
  },
};
