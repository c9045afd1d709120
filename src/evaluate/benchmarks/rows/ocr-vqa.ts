import type { Benchmark } from '../benchmark.js';

export const ocrVqa: Benchmark = {
  name: 'ocr-vqa',
  title: 'OCR-VQA',
  reader: 'ocr-vqa',
  split: 'test',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'exact-lower',
  card: {
    parts: ['accuracy'],
    split: 'test',
    numbers: { 224: [72.32], 448: [74.61], 896: [74.93] },
    model: 'fine-tuned on OCR-VQA, train+val',
  },
  source: {
    url: 'https://ocr-vqa.github.io/',
    licence: 'For research; covers of books belong to their publishers',
    files: ['dataset.json', 'images/'],
  },
};
