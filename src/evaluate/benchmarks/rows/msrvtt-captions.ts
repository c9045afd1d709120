import type { Benchmark } from '../benchmark.js';

export const msrvttCaptions: Benchmark = {
  name: 'msrvtt-captions',
  title: 'MSR-VTT (Captioning)',
  reader: 'msrvtt-captions',
  split: 'test',
  prompt: 'caption en',
  frames: { count: 16, stride: 9 },
  textLength: 32,
  decoding: 'greedy',
  metric: 'cider',
  card: {
    parts: ['cider'],
    split: 'test',
    numbers: { 224: [70.54], 448: null, 896: null },
    model: 'fine-tuned on MSR-VTT captions',
  },
  source: {
    url: 'https://www.microsoft.com/en-us/research/publication/msr-vtt-a-large-video-description-dataset-for-bridging-video-and-language/',
    licence: 'For research; videos belong to their makers',
    files: ['test_videodatainfo.json', 'TestVideo/'],
  },
};
