import type { Benchmark } from '../benchmark.js';

export const msvdQa: Benchmark = {
  name: 'msvd-qa',
  title: 'MSVD (QA)',
  reader: 'video-qa',
  options: { videos: 'YouTubeClips/{name}.avi', mapping: 'youtube_mapping.txt' },
  split: 'test',
  prompt: 'answer en {question}',
  frames: { count: 8, stride: 26 },
  textLength: 64,
  decoding: 'greedy',
  metric: 'exact',
  card: {
    parts: ['accuracy'],
    split: 'test',
    numbers: { 224: [60.22], 448: null, 896: null },
    model: 'fine-tuned on MSVD QA',
  },
  source: {
    url: 'https://github.com/xudejing/video-question-answering',
    licence: 'MIT. Videos: Microsoft Research Video Description Corpus, for research',
    files: ['test_qa.json', 'youtube_mapping.txt', 'YouTubeClips/'],
  },
};
