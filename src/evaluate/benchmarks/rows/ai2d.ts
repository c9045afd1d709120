import type { Benchmark } from '../benchmark.js';

export const ai2d: Benchmark = {
  name: 'ai2d',
  title: 'AI2D',
  reader: 'ai2d',
  split: 'test',
  prompt: 'answer en  {question} choose from: {choices}',
  frames: null,
  textLength: 128,
  decoding: 'greedy',
  metric: 'exact',
  card: {
    parts: ['accuracy'],
    split: 'test',
    numbers: { 224: [72.12], 448: [73.28], 896: null },
    model: 'fine-tuned on AI2D, train',
  },
  source: {
    url: 'https://prior.allenai.org/projects/diagram-understanding',
    licence: 'CC BY-SA 4.0',
    files: ['ai2d_test_ids.csv', 'ai2d/questions/', 'ai2d/images/', 'ai2d/abc_images/'],
  },
  notes: 'Google drew the letters into the pictures itself, with another font than abc_images has.',
};
