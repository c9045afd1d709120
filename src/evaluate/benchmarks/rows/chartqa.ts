import type { Benchmark } from '../benchmark.js';

export const chartqa: Benchmark = {
  name: 'chartqa',
  title: 'ChartQA',
  reader: 'chartqa',
  split: 'test',
  prompt: '{question}',
  frames: null,
  textLength: 48,
  decoding: 'greedy',
  metric: 'relaxed-groups',
  card: {
    parts: ['mean'],
    split: 'test, mean of human and augmented',
    numbers: { 224: [57.08], 448: [71.36], 896: null },
    model: 'fine-tuned on ChartQA, human and augmented, train+val',
  },
  source: {
    url: 'https://huggingface.co/datasets/ahmed-masry/ChartQA',
    licence: 'GPL 3.0',
    files: ['test/test_human.json', 'test/test_augmented.json', 'test/png/'],
  },
};
