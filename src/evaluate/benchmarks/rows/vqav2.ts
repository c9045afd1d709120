import type { Benchmark } from '../benchmark.js';

export const vqav2: Benchmark = {
  name: 'vqav2',
  title: 'VQAv2',
  reader: 'vqa',
  options: {
    questions: 'v2_OpenEnded_mscoco_{split}_questions.json',
    annotations: 'v2_mscoco_{split}_annotations.json',
  },
  split: 'val2014',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'vqav2',
  card: {
    parts: ['accuracy'],
    split: 'test-std, on the official server',
    numbers: { 224: [83.19], 448: [85.64], 896: null },
    model: 'fine-tuned on VQAv2, train+validation',
  },
  source: {
    url: 'https://visualqa.org/download.html',
    licence: 'Questions and answers: CC BY 4.0. Pictures: as COCO',
    files: ['v2_OpenEnded_mscoco_val2014_questions.json', 'v2_mscoco_val2014_annotations.json', 'val2014/'],
  },
  notes:
    "The answers of test are not public: here the validation set is scored, which the card's checkpoint was trained on.",
};
