import type { Benchmark } from '../benchmark.js';

export const activitynetCaptions: Benchmark = {
  name: 'activitynet-captions',
  title: 'ActivityNet (Captioning)',
  reader: 'activitynet-captions',
  split: 'val_2',
  prompt: 'caption en',
  frames: { count: 16, stride: 30 },
  textLength: 64,
  decoding: 'greedy',
  metric: 'cider',
  card: {
    parts: ['cider'],
    split: 'test',
    numbers: { 224: [34.62], 448: null, 896: null },
    model: 'fine-tuned on ActivityNet captions',
  },
  source: {
    url: 'https://cs.stanford.edu/people/ranjaykrishna/densevid/',
    licence: 'For research; videos belong to their makers',
    files: ['val_2.json', 'videos/v_ID.mp4'],
  },
  notes:
    'The captions of test are not public; what Google calls test is taken to be val_2, after its number of items.',
};
