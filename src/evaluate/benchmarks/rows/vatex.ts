import type { Benchmark } from '../benchmark.js';

export const vatex: Benchmark = {
  name: 'vatex',
  title: 'VATEX (Captioning)',
  reader: 'vatex',
  split: 'public_test',
  prompt: 'caption en',
  frames: { count: 16, stride: 7 },
  textLength: 64,
  decoding: 'greedy',
  metric: 'cider',
  card: {
    parts: ['cider'],
    split: 'test',
    numbers: { 224: [79.73], 448: null, 896: null },
    model: 'fine-tuned on VATEX',
  },
  source: {
    url: 'https://eric-xw.github.io/vatex-website/download.html',
    licence: 'CC BY 4.0. Videos belong to their makers',
    files: ['vatex_public_test_english_v1.1.json', 'videos/ID_START_END.mp4'],
  },
};
