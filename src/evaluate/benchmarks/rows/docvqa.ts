import type { Benchmark } from '../benchmark.js';

export const docvqa: Benchmark = {
  name: 'docvqa',
  title: 'DocVQA',
  reader: 'document-vqa',
  options: { file: 'val_v1.0_withQT.json', pictures: 'val' },
  split: 'val',
  prompt: '{question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'anls',
  card: {
    parts: ['accuracy'],
    split: 'test, on the official server',
    numbers: { 224: [43.74], 448: [78.02], 896: [84.77] },
    model: 'fine-tuned on DocVQA, train+val',
  },
  source: {
    url: 'https://rrc.cvc.uab.es/?ch=17&com=downloads',
    licence: 'For research; documents of the UCSF Industry Documents Library',
    files: ['val_v1.0_withQT.json', 'val/documents/'],
  },
  notes:
    "The answers of test are not public: here the validation set is scored, which the card's checkpoint was trained on.",
};
