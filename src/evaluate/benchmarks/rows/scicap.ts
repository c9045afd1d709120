import type { Benchmark } from '../benchmark.js';

export const scicap: Benchmark = {
  name: 'scicap',
  title: 'SciCap',
  reader: 'scicap',
  split: 'test',
  prompt: 'caption en',
  frames: null,
  textLength: 96,
  decoding: 'greedy',
  metric: 'cider',
  card: {
    parts: ['cider', 'bleu4'],
    split: 'test',
    numbers: { 224: [162.25, 0.192], 448: [181.49, 0.211], 896: null },
    model: 'fine-tuned on SciCap, first sentence, no subfigures, train+val',
  },
  source: {
    url: 'https://github.com/tingyaohsu/SciCap',
    licence: 'CC BY-NC-SA 4.0',
    files: [
      'List-of-Files-for-Each-Experiments/First-Sentence/No-Subfig/test/file_idx.json',
      'SciCap-Caption-All/test/',
      'SciCap-No-Subfig-Img/test/',
    ],
  },
};
