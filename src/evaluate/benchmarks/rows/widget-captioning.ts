import type { Benchmark } from '../benchmark.js';

export const widgetCaptioning: Benchmark = {
  name: 'widget-captioning',
  title: 'Widget Captioning',
  reader: 'widget-captioning',
  split: 'test',
  prompt: 'caption en',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'cider',
  card: {
    parts: ['cider'],
    split: 'test',
    numbers: { 224: [136.07], 448: [148.36], 896: null },
    model: 'fine-tuned on Widget Captioning, train+dev',
  },
  source: {
    url: 'https://github.com/google-research-datasets/widget-caption',
    licence: 'CC BY 4.0. Pictures: Rico, for research',
    files: ['split/test.txt', 'widget_captions.csv', 'combined/ (Rico, unique_uis.tar.gz)'],
  },
  notes: 'The box of the widget is drawn into the picture in red, one pixel wide, after it has been resized.',
};
