import { expect, it } from 'vitest';
import { isDecoderComplaint } from '../../../src/source/decoder-complaint.js';

it.each([
  ['[h264 @ 0x55] error while decoding MB 3 4, bytestream -7', true],
  ['corrupt decoded frame in stream 0', true],
  ["Input #0, mov,mp4 from 'file:/data/corrupted-disk/clip.mp4':", false],
  ["Output #0, rawvideo, to 'file:/tmp/truncated.mp4':", false],
  ['    title           : corrupt', false],
  ['frame=  10 fps=0.0', false],
])('takes %j for a complaint: %s', (line, isOne) => {
  expect(isDecoderComplaint(line)).toBe(isOne);
});
