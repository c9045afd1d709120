import { expect, it } from 'vitest';
import { expectAllowed } from '../../../src/delivery/videos/expect-allowed.js';
import type { VideoFacts } from '../../../src/pipeline/video/inspect-video.js';

const LIMITS = { maxVideoSeconds: 60, maxPixels: 640 * 480, codecs: ['h264'] };
const FACTS: VideoFacts = {
  kind: 'video',
  container: 'mp4',
  codec: 'h264',
  widthPixels: 640,
  heightPixels: 480,
  durationSeconds: 60,
  framesPerSecond: 25,
  pixelFormat: 'yuv420p',
  audioCodec: null,
};

it.each([
  [{}, null],
  [{ durationSeconds: 60.1 }, 'video_duration'],
  [{ widthPixels: 641 }, 'video_resolution'],
  [{ codec: 'vp9' }, 'video_codec'],
  [{ codec: 'png', kind: 'picture' }, null],
] as const)('judges %j as %s', (over, code) => {
  const check = (): void => {
    expectAllowed({ ...FACTS, ...over }, LIMITS);
  };
  if (code === null) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code }));
});

it('takes every codec when none is named', () => {
  expect(() => {
    expectAllowed({ ...FACTS, codec: 'rare' }, { ...LIMITS, codecs: [] });
  }).not.toThrow();
});
