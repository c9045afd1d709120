import type { Benchmark } from '../benchmark.js';

export const mmvpMix: Benchmark = {
  name: 'mmvp-mix',
  title: 'MMVP, mix model',
  reader: 'mmvp',
  split: 'test',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'paired-accuracy',
  card: {
    parts: ['pairs'],
    split: 'all',
    numbers: { 224: [46.0], 448: [45.33], 896: null },
    model: 'mix',
  },
  source: {
    url: 'https://huggingface.co/datasets/MMVP/MMVP',
    licence: 'MIT',
    files: ['Questions.csv', 'MMVP Images/'],
  },
  notes:
    'Google published no evaluation of it: the options are put behind the question, and their letter or their text is right, in any case.',
};
