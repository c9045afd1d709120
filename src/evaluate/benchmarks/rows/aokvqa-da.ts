import type { Benchmark } from '../benchmark.js';

export const aokvqaDa: Benchmark = {
  name: 'aokvqa-da',
  title: 'A-OKVQA (DA)',
  reader: 'aokvqa',
  options: { answers: 'direct' },
  split: 'val',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 32,
  decoding: 'greedy',
  metric: 'vqa',
  card: {
    parts: ['accuracy'],
    split: 'test, on the official server',
    numbers: { 224: [61.85], 448: [63.22], 896: null },
    model: 'fine-tuned on A-OKVQA (DA), train+val',
  },
  source: {
    url: 'https://allenai.org/project/a-okvqa',
    licence: 'Apache 2.0. Pictures: as COCO',
    files: ['aokvqa_v1p0_val.json', 'val2017/'],
  },
  notes:
    "The answers of test are not public: here the validation set is scored, which the card's checkpoint was trained on.",
};
