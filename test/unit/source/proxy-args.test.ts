import { describe, expect, it } from 'vitest';
import { proxyArgs, proxyBytes } from '../../../src/source/proxy-args.js';

const file = { path: '/a.avi', url: 'file:/a.avi', identity: 'a', bytes: 1, head: new Uint8Array() };
const after = (list: readonly string[], option: string) => list[list.indexOf(option) + 1];

function args(
  widthPixels: number,
  heightPixels: number,
  over: { hasAudio?: boolean; encoder?: string[] } = {},
) {
  const { hasAudio = false, encoder = ['-c:v', 'libx264', '-crf', '20'] } = over;
  const video = { file, streamIndex: 1, widthPixels, heightPixels, hasAudio };
  return proxyArgs({ video, encoder, output: '/b.part', maxBytes: 1234 }).outputOptions;
}

describe('proxyArgs', () => {
  it.each([
    [320, 240, '320:240'],
    [1920, 1080, '1280:720'],
    [1080, 1920, '720:1280'],
    [33, 17, '34:18'],
    [4000, 3, '1280:2'],
  ])('writes %d x %d as %s', (width, height, size) => {
    expect(after(args(width, height), '-filter:v')).toBe(`scale=${size}`);
  });

  it('takes the video stream that is looked at, and the first sound if there is one', () => {
    expect(args(64, 48).filter((_, i, list) => list[i - 1] === '-map')).toEqual(['0:1']);
    expect(args(64, 48, { hasAudio: true }).filter((_, i, list) => list[i - 1] === '-map')).toEqual([
      '0:1',
      '0:a:0',
    ]);
  });

  it('holds every encoder to a rate and the file to its bytes', () => {
    expect(after(args(64, 48), '-maxrate')).toBe('3000000');
    expect(
      args(64, 48, { encoder: ['-c:v', 'libopenh264', '-b:v', '4M'] }).lastIndexOf('-b:v'),
    ).toBeGreaterThan(args(64, 48, { encoder: ['-c:v', 'libopenh264', '-b:v', '4M'] }).indexOf('4M'));
    expect(after(args(64, 48), '-fs')).toBe('1234');
  });
});

it('reserves more than the rates give, and an hour where nobody knows', () => {
  expect(proxyBytes(60)).toBeGreaterThan((60 * 3_128_000) / 8);
  expect(proxyBytes(0)).toBe(proxyBytes(3600));
});
