import type { Benchmark } from '../benchmark.js';

export const scenetextVqa: Benchmark = {
  name: 'scenetext-vqa',
  title: 'SceneText VQA',
  reader: 'scene-text-vqa',
  split: 'val',
  prompt: 'answer en {question}',
  frames: null,
  textLength: 48,
  decoding: 'greedy',
  metric: 'anls',
  card: {
    parts: ['accuracy'],
    split: 'test, on the official server',
    numbers: { 224: [63.29], 448: [81.82], 896: [84.4] },
    model: 'fine-tuned on SceneText VQA, train+val',
  },
  source: {
    url: 'https://rrc.cvc.uab.es/?ch=11&com=downloads',
    licence: 'For research; pictures from COCO-Text, Visual Genome, ImageNet, VizWiz and others',
    files: [
      'train_task_3.json',
      'val_ids.txt (of your own: paths of the pictures to score, one a line)',
      'train_images/',
      'train2014/ (COCO)',
    ],
  },
  notes:
    "The answers of test are not public: here those of train are scored that val_ids.txt names, which the card's checkpoint was trained on.",
};
