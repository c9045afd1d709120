import type { Benchmark } from '../benchmark.js';

export const aokvqaMc: Benchmark = {
  name: 'aokvqa-mc',
  title: 'A-OKVQA (MC)',
  reader: 'aokvqa',
  options: { answers: 'choice' },
  split: 'val',
  prompt: 'answer en  {question} choose from: {choices}',
  frames: null,
  textLength: 128,
  decoding: 'greedy',
  metric: 'exact',
  card: {
    parts: ['accuracy'],
    split: 'test, on the official server',
    numbers: { 224: [76.37], 448: [76.9], 896: null },
    model: 'fine-tuned on A-OKVQA (MC), train+val',
  },
  source: {
    url: 'https://allenai.org/project/a-okvqa',
    licence: 'Apache 2.0. Pictures: as COCO',
    files: ['aokvqa_v1p0_val.json', 'val2017/'],
  },
  notes:
    "The answers of test are not public: here the validation set is scored, which the card's checkpoint was trained on.",
};
