import { expect, it, vi } from 'vitest';
import { FrameBytes } from '../../../../src/source/frame-bytes.js';
import { type ShownLiveFrame, ShownFrames } from '../../../../src/source/live/shown-frames.js';

const line = (n: number, pts: number, size = '640x480') =>
  `[Parsed_showinfo_2 @ 0x1] n:${n} pts:${pts} pts_time:0 pos:1 fmt:yuv420p sar:1/1 s:${size} i:P iskey:1 type:I`;

function gather() {
  const frames: ShownLiveFrame[] = [];
  const onDrift = vi.fn();
  const shown = new ShownFrames(new FrameBytes(2), 2, (frame) => frames.push(frame), onDrift);
  return { frames, shown, onDrift };
}

it('brings frames and what is said of them together, whichever comes first', () => {
  const { frames, shown } = gather();
  expect(shown.addLine(line(0, 1_500_000))).toBe(true);
  shown.addBytes(Uint8Array.of(1, 1, 2));
  shown.addBytes(Uint8Array.of(2));
  expect(frames).toHaveLength(1);
  shown.addLine(line(1, 2_000_000));
  expect(frames.map(({ bytes, timestampSeconds }) => [bytes[0], timestampSeconds])).toEqual([
    [1, 1.5],
    [2, 2],
  ]);
});

it('keeps in step when ffmpeg counts anew with another picture size', () => {
  const { frames, shown } = gather();
  shown.addLine(line(0, 0));
  shown.addBytes(Uint8Array.of(1, 1));
  shown.addLine(line(0, 40_000, '1280x720'));
  shown.addBytes(Uint8Array.of(2, 2));
  expect(frames.map(({ timestampSeconds, widthPixels }) => [timestampSeconds, widthPixels])).toEqual([
    [0, 640],
    [0.04, 1280],
  ]);
});

it('gives nothing more when many frames have come without a line, and says so once', () => {
  const { frames, shown, onDrift } = gather();
  shown.addBytes(new Uint8Array(2 * 100));
  expect(onDrift).not.toHaveBeenCalled();
  shown.addBytes(new Uint8Array(2 * 500));
  expect(onDrift).toHaveBeenCalledTimes(1);
  expect(shown.addLine(line(0, 0))).toBe(true);
  shown.addBytes(new Uint8Array(2));
  expect(frames).toEqual([]);
  expect(onDrift).toHaveBeenCalledTimes(1);
});

it('gives nothing more when many lines have come without a frame', () => {
  const { frames, shown, onDrift } = gather();
  for (let i = 0; i <= 1000; i++) {
    expect(onDrift).not.toHaveBeenCalled();
    shown.addLine(line(i, i));
  }
  shown.addBytes(new Uint8Array(2));
  expect(onDrift).toHaveBeenCalledTimes(1);
  expect(frames).toEqual([]);
});

it('leaves other lines alone', () => {
  const { shown } = gather();
  expect(shown.addLine('Input #0, rtsp')).toBe(false);
  expect(shown.addLine(`    title: ${line(0, 0)}`)).toBe(false);
});
