import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { overlayArgs } from '../../../src/source/overlay-args.js';
import { chooseEncoder } from '../../../src/source/video-encoder.js';

const FILE = { path: 'a', url: 'file:/a', identity: '', bytes: 1, head: new Uint8Array() };

function args(
  seconds: readonly number[],
  over: { width?: number; colorSpace?: string; hasAudio?: boolean } = {},
) {
  return overlayArgs({
    video: {
      file: FILE,
      streamIndex: 2,
      widthPixels: over.width ?? 64,
      heightPixels: 48,
      colorSpace: over.colorSpace,
      hasAudio: over.hasAudio ?? false,
    },
    overlays: new PassThrough(),
    framesPerSecond: 10,
    timeline: { seconds: Float64Array.from(seconds) },
    encoder: ['-c:v', 'x'],
    output: '/out.tmp',
    program: { version: '5.1', year: 2022 },
  }).outputOptions.join(' ');
}

describe('overlayArgs', () => {
  it('counts the frames of a steady video, and times those of another', () => {
    expect(args([0, 0.1, 0.2])).toContain('-frames:v 3 ');
    expect(args([0, 0.1, 0.2])).not.toContain('-enc_time_base');
    expect(args([0, 0.1, 0.25])).toContain('-frames:v 4 -enc_time_base 1:60000');
  });

  it('makes odd sizes even, and even ones stay', () => {
    expect(args([0], { width: 63 })).toContain(',scale=64:48');
    expect(args([0])).not.toContain('scale');
  });

  it('keeps sound where there is some, and the matrix of colours where an encoder knows it', () => {
    expect(args([0], { hasAudio: true })).toContain('-map 0:a:0 -c:a aac');
    expect(args([0])).not.toContain('0:a');
    expect(args([0], { colorSpace: 'bt709' })).toContain('-colorspace bt709');
    expect(args([0], { colorSpace: 'gbr' })).not.toContain('-colorspace');
  });
});

describe('chooseEncoder', () => {
  const list = (...names: string[]) =>
    names.map((name) => ` V..... ${name.padEnd(20)} ${name} codec\n`).join('');

  it('takes the best of what a build has', () => {
    expect(chooseEncoder(list('mpeg4', 'libx264', 'libx264rgb'))?.[1]).toBe('libx264');
    expect(chooseEncoder(list('mpeg4', 'libopenh264'))?.[1]).toBe('libopenh264');
    expect(chooseEncoder(list('mpeg4', 'libvpx'))?.[1]).toBe('mpeg4');
    expect(chooseEncoder(list('libvpx'))).toBeUndefined();
  });
});
