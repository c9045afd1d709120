import type { Benchmark } from '../benchmark.js';

export const infographicVqa: Benchmark = {
  name: 'infographic-vqa',
  title: 'Infographic VQA',
  reader: 'document-vqa',
  options: { file: 'infographicsVQA_val_v1.0_withQT.json', pictures: 'images', lists: 'any-order' },
  split: 'val',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 48,
  decoding: 'greedy',
  metric: 'anls',
  card: {
    parts: ['accuracy'],
    split: 'test, on the official server',
    numbers: { 224: [28.46], 448: [40.47], 896: [47.75] },
    model: 'fine-tuned on Infographic VQA, train+val',
  },
  source: {
    url: 'https://rrc.cvc.uab.es/?ch=17&com=downloads',
    licence: 'For research; pictures belong to their makers',
    files: ['infographicsVQA_val_v1.0_withQT.json', 'images/'],
  },
  notes:
    "The answers of test are not public: here the validation set is scored, which the card's checkpoint was trained on.",
};
