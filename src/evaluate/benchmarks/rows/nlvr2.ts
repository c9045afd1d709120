import type { Benchmark } from '../benchmark.js';

export const nlvr2: Benchmark = {
  name: 'nlvr2',
  title: 'NLVR2',
  reader: 'nlvr2',
  split: 'test1',
  prompt: 'answer en {sentence}',
  frames: null,
  textLength: 64,
  decoding: 'greedy',
  metric: 'exact',
  card: {
    parts: ['accuracy'],
    split: 'test',
    numbers: { 224: [90.02], 448: [88.93], 896: null },
    model: 'fine-tuned on NLVR2, train+dev',
  },
  source: {
    url: 'https://lil.nlp.cornell.edu/nlvr/',
    licence: 'CC BY 4.0. Pictures: on request, for research',
    files: ['test1.json', 'test1/'],
  },
};
