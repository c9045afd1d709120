import type { Benchmark } from '../benchmark.js';

export const activitynetQa: Benchmark = {
  name: 'activitynet-qa',
  title: 'ActivityNet (QA)',
  reader: 'activitynet-qa',
  split: 'test',
  prompt: 'answer en {question}',
  frames: { count: 16, stride: 70 },
  textLength: 64,
  decoding: 'greedy',
  metric: 'exact',
  card: {
    parts: ['accuracy'],
    split: 'test',
    numbers: { 224: [50.78], 448: null, 896: null },
    model: 'fine-tuned on ActivityNet QA',
  },
  source: {
    url: 'https://github.com/MILVLG/activitynet-qa',
    licence: 'Apache 2.0. Videos: as ActivityNet',
    files: ['test_q.json', 'test_a.json', 'videos/v_ID.mp4'],
  },
};
