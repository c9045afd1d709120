import type { Benchmark } from '../benchmark.js';

export const marvl: Benchmark = {
  name: 'marvl',
  title: 'MaRVL',
  reader: 'marvl',
  split: 'test',
  prompt: 'answer en {sentence}',
  frames: null,
  textLength: 64,
  decoding: 'greedy',
  metric: 'exact-groups',
  card: {
    parts: ['mean'],
    split: 'test, mean of id sw ta tr zh',
    numbers: { 224: [80.57], 448: [76.78], 896: null },
    model: 'fine-tuned on NLVR2, train+dev',
  },
  source: {
    url: 'https://marvl-challenge.github.io/download',
    licence: 'CC BY 4.0. Pictures: each under its own terms',
    files: ['LL/annotations/marvl-LL.jsonl', 'LL/images/CONCEPT/'],
  },
};
