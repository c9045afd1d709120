import type { Benchmark } from '../benchmark.js';

export const mmvp: Benchmark = {
  name: 'mmvp',
  title: 'MMVP',
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
    numbers: { 224: [47.33], 448: [45.33], 896: null },
    model: 'fine-tuned on VQAv2, train+validation',
  },
  source: {
    url: 'https://huggingface.co/datasets/MMVP/MMVP',
    licence: 'MIT',
    files: ['Questions.csv', 'MMVP Images/'],
  },
  notes:
    'Google published no evaluation of it: the options are put behind the question, and their letter or their text is right, in any case.',
};
