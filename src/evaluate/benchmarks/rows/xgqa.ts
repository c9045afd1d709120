import type { Benchmark } from '../benchmark.js';

export const xgqa: Benchmark = {
  name: 'xgqa',
  title: 'xGQA',
  reader: 'xgqa',
  split: 'testdev_balanced',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'exact-groups',
  card: {
    parts: ['mean'],
    split: 'test, zero shot, mean of bn de en id ko pt ru zh',
    numbers: { 224: [58.37], 448: [59.07], 896: null },
    model: 'fine-tuned on GQA, train_balanced+val_balanced',
  },
  source: {
    url: 'https://github.com/e-bug/iglue',
    licence: 'CC BY 4.0',
    files: ['annotations/zero_shot/testdev_balanced_questions_LL.json', 'images/ (GQA)'],
  },
};
