import type { Benchmark } from '../benchmark.js';

export const okvqa: Benchmark = {
  name: 'okvqa',
  title: 'OK-VQA',
  reader: 'vqa',
  options: {
    questions: 'OpenEnded_mscoco_{split}_questions.json',
    annotations: 'mscoco_{split}_annotations.json',
  },
  split: 'val2014',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'vqa',
  card: {
    parts: ['accuracy'],
    split: 'val',
    numbers: { 224: [63.54], 448: [63.15], 896: null },
    model: 'fine-tuned on OK-VQA, train',
  },
  source: {
    url: 'https://okvqa.allenai.org/download.html',
    licence: 'CC BY 4.0. Pictures: as COCO',
    files: ['OpenEnded_mscoco_val2014_questions.json', 'mscoco_val2014_annotations.json', 'val2014/'],
  },
};
