import { describe, expect, it } from 'vitest';
import { frameKeys } from '../../../src/source/frame-keys.js';
import { frameOnScreen } from '../../../src/source/frame-on-screen.js';
import { nearestFrame } from '../../../src/source/nearest-frame.js';
import { pictureKind } from '../../../src/source/picture-kind.js';
import { truncationWarning } from '../../../src/source/truncation-warning.js';

describe('the frame on screen', () => {
  it.each([
    [-1, -1],
    [0, 0],
    [0.9, 0],
    [1, 1],
    [9, 2],
  ])('at %d s is %d', (at, frame) => {
    expect(frameOnScreen([0, 1, 4], at)).toBe(frame);
  });
});

describe('the nearest frame', () => {
  it.each([
    [-1, 0],
    [0.4, 0],
    [0.6, 1],
    [2.6, 2],
    [9, 2],
  ])('to %d s is %d', (at, frame) => {
    expect(nearestFrame([0, 1, 4], at)).toBe(frame);
  });
});

describe('a frame key', () => {
  it('changes with the file, the time and the size, and with nothing else', () => {
    const key = frameKeys({ identity: 'a' }, 224)(1.5);
    expect(frameKeys({ identity: 'a' }, 224)(1.5)).toBe(key);
    const others = [
      frameKeys({ identity: 'b' }, 224)(1.5),
      frameKeys({ identity: 'a' }, 448)(1.5),
      frameKeys({ identity: 'a' }, 224)(1.500001),
    ];
    expect(new Set([key, ...others]).size).toBe(4);
  });
});

describe('the kind of a picture', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n....', 'png'],
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['RIFF1234WEBPVP8 ', 'webp'],
    ['RIFF1234AVI LIST', undefined],
    ['GIF89a', undefined],
    ['', undefined],
  ])('of %j is %s', (head, kind) => {
    expect(pictureKind(Buffer.from(head, 'latin1'))).toBe(kind);
  });
});

describe('the warning about missing frames', () => {
  const warn = (durationSeconds: number, endSeconds: number, durationIsEstimated = false): unknown =>
    truncationWarning(
      { durationSeconds, durationIsEstimated } as Parameters<typeof truncationWarning>[0],
      { endSeconds } as Parameters<typeof truncationWarning>[1],
    );

  it('comes when clearly less is there than promised', () => {
    expect(warn(10, 5)).toMatchObject({ code: 'video_truncated' });
    expect(warn(10, 9.5)).toBeUndefined();
    expect(warn(1000, 985)).toBeUndefined();
    expect(warn(10, 5, true)).toBeUndefined();
  });
});
