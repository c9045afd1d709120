import type { Benchmark } from '../benchmark.js';

export const scienceqa: Benchmark = {
  name: 'scienceqa',
  title: 'ScienceQA',
  reader: 'science-qa',
  split: 'test',
  prompt: 'Question: {question}\nContext: {hint}\nOptions: {choices}\nAnswer:',
  frames: null,
  textLength: 512,
  decoding: 'greedy',
  metric: 'science',
  card: {
    parts: ['accuracy'],
    split: 'test, questions with pictures',
    numbers: { 224: [95.39], 448: [95.93], 896: null },
    model: 'fine-tuned on ScienceQA, train+val',
  },
  source: {
    url: 'https://scienceqa.github.io/',
    licence: 'CC BY-NC-SA 4.0',
    files: ['problems.json', 'test/ID/image.png'],
  },
};
