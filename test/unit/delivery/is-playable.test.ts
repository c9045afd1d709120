import { describe, expect, it } from 'vitest';
import { isPlayable } from '../../../src/delivery/videos/is-playable.js';
import { mediaType } from '../../../src/delivery/videos/media-type.js';

const MP4 = 'mov,mp4,m4a,3gp,3g2,mj2';
const MKV = 'matroska,webm';
const video = (container: string, codec: string, pixelFormat: string | null, audioCodec: string | null) => ({
  ...({ kind: 'video', container, codec, pixelFormat, audioCodec } as const),
});

describe('isPlayable', () => {
  it.each([
    [MP4, 'h264', 'yuv420p', 'aac', true],
    [MP4, 'h264', null, null, true],
    [MP4, 'av1', 'yuv420p10le', 'opus', true],
    [MKV, 'vp9', 'yuv420p', 'opus', true],
    [MP4, 'h264', 'yuv444p', 'aac', false],
    [MP4, 'h264', 'yuv420p10le', null, false],
    [MP4, 'hevc', 'yuv420p', 'aac', false],
    [MP4, 'h264', 'yuv420p', 'ac3', false],
    [MP4, 'mpeg4', 'yuv420p', null, false],
    [MKV, 'h264', 'yuv420p', 'aac', false],
    ['avi', 'h264', 'yuv420p', null, false],
    ['gif', 'gif', 'bgra', null, false],
  ])('%s with %s, %s and %s: %s', (container, codec, pixels, sound, playable) => {
    expect(isPlayable(video(container, codec, pixels, sound))).toBe(playable);
  });

  it('takes every picture for one that is shown', () => {
    const facts = {
      kind: 'picture',
      container: 'png',
      codec: 'png',
      pixelFormat: null,
      audioCodec: null,
    } as const;
    expect(isPlayable(facts)).toBe(true);
  });
});

describe('mediaType', () => {
  it.each([
    [MP4, 'h264', 'video/mp4'],
    [MKV, 'vp9', 'video/webm'],
    [MKV, 'h264', 'video/x-matroska'],
    ['jpeg', 'jpeg', 'image/jpeg'],
    ['nut', 'ffv1', 'application/octet-stream'],
  ])('of %s with %s is %s', (container, codec, type) => {
    expect(mediaType({ container, codec })).toBe(type);
  });
});
