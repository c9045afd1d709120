import type { Benchmark } from '../benchmark.js';

export const msrvttQa: Benchmark = {
  name: 'msrvtt-qa',
  title: 'MSR-VTT (QA)',
  reader: 'video-qa',
  options: { videos: 'TestVideo/{name}.mp4' },
  split: 'test',
  prompt: 'answer en {question}',
  frames: { count: 16, stride: 9 },
  textLength: 64,
  decoding: 'greedy',
  metric: 'exact',
  card: {
    parts: ['accuracy'],
    split: 'test',
    numbers: { 224: [50.09], 448: null, 896: null },
    model: 'fine-tuned on MSR-VTT QA',
  },
  source: {
    url: 'https://github.com/xudejing/video-question-answering',
    licence: 'MIT. Videos: as MSR-VTT',
    files: ['test_qa.json', 'TestVideo/'],
  },
};
