import type { Benchmark } from '../benchmark.js';

export const textvqa: Benchmark = {
  name: 'textvqa',
  title: 'TextVQA',
  reader: 'textvqa',
  split: 'val',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'vqav2',
  card: {
    parts: ['accuracy'],
    split: 'test-std, on the official server',
    numbers: { 224: [55.47], 448: [73.15], 896: [76.48] },
    model: 'fine-tuned on TextVQA, train+val',
  },
  source: {
    url: 'https://textvqa.org/dataset/',
    licence: 'CC BY 4.0. Pictures: Open Images, CC BY 2.0',
    files: ['TextVQA_0.5.1_val.json', 'train_images/'],
  },
  notes:
    "The answers of test are not public: here the validation set is scored, which the card's checkpoint was trained on. Google turned some pictures as a list of Open Images says; here they are taken as they are.",
};
