import { describe, expect, it } from 'vitest';
import { isDecoderComplaint } from '../../../src/source/decoder-complaint.js';
import { FrameBytes } from '../../../src/source/frame-bytes.js';
import { FrameTimes } from '../../../src/source/frame-times.js';
import { ReadingLog } from '../../../src/source/reading-log.js';
import { parseShowinfo } from '../../../src/source/showinfo-line.js';

const LINE =
  '[Parsed_showinfo_4 @ 0x1834ff40] n:   1 pts:3000123 pts_time:3       pos:   284179 fmt:rgb24 sar:16/9 s:96x96 i:P';

describe('a line of showinfo', () => {
  it('gives the exact time, where pts_time is rounded', () => {
    expect(parseShowinfo(LINE)).toEqual({ number: 1, seconds: 3.000123 });
    expect(parseShowinfo(LINE.replace('3000123', '-40000'))?.seconds).toBe(-0.04);
  });

  it('is found behind half a line of a decoder', () => {
    expect(parseShowinfo(`error while ${LINE}`)?.number).toBe(1);
  });

  it('may have no time', () => {
    expect(parseShowinfo(LINE.replace('3000123', 'NOPTS'))).toEqual({ number: 1, seconds: undefined });
  });

  it('cannot be forged by the metadata of a file, which ffmpeg indents', () => {
    expect(parseShowinfo(`    title           : ${LINE}`)).toBeUndefined();
    expect(parseShowinfo('frame=    3 fps=0.0 q=-0.0')).toBeUndefined();
  });
});

describe('frame times', () => {
  it('wait for a line that comes after the bytes', async () => {
    const times = new FrameTimes();
    const taken = times.take(0);
    times.add({ number: 0, seconds: 1.5 });
    expect(await taken).toBe(1.5);
  });

  it('keep the first word about a frame', async () => {
    const times = new FrameTimes();
    for (const [number, seconds] of [
      [0, 1],
      [1, 2],
      [1, 99],
    ] as const)
      times.add({ number, seconds });
    expect([await times.take(0), await times.take(1)]).toEqual([1, 2]);
  });

  it('go on where ffmpeg counts anew, as it does when a file changes its picture size', async () => {
    const times = new FrameTimes();
    for (const [number, seconds] of [
      [0, 1],
      [1, 2],
      [0, 3],
      [0, 4],
      [1, 5],
    ] as const) {
      times.add({ number, seconds });
    }
    const taken = [];
    for (let number = 0; number < 5; number++) taken.push(await times.take(number));
    expect(taken).toEqual([1, 2, 3, 4, 5]);
  });

  it('give up when no more lines come', async () => {
    const times = new FrameTimes();
    const taken = times.take(3);
    times.end();
    expect(await taken).toBeUndefined();
  });
});

describe('frame bytes', () => {
  it.each([1, 4, 5, 6, 7, 12, 30])('come whole whatever the pieces, here of %d bytes', (piece) => {
    const all = Uint8Array.from({ length: 30 }, (_, i) => i);
    const frames = new FrameBytes(6);
    const got: number[][] = [];
    for (let from = 0; from < 30; from += piece) {
      for (const frame of frames.add(all.subarray(from, from + piece))) got.push([...frame]);
    }
    expect(got).toHaveLength(5);
    expect(got.flat()).toEqual([...all]);
  });

  it('are each in their own memory', () => {
    const [first, second] = [...new FrameBytes(2).add(Uint8Array.of(1, 2, 3, 4))];
    first?.fill(0);
    expect(second).toEqual(Uint8Array.of(3, 4));
  });
});

describe('the log of a reading', () => {
  it.each([
    '[h264 @ 0x1] error while decoding MB 3 4, bytestream -7',
    '[mov,mp4,m4a,3gp,3g2,mj2 @ 0x1] stream 0, offset 0x7d54: partial file',
    '[h264 @ 0x1] concealing 120 DC, 120 AC, 120 MV errors in P frame',
  ])('counts %s as damage', (line) => {
    expect(isDecoderComplaint(line)).toBe(true);
  });

  it('does not count what the metadata of a file says', () => {
    expect(isDecoderComplaint('    title : corrupt')).toBe(false);
    expect(isDecoderComplaint('Stream mapping:')).toBe(false);
  });

  it('stays small however much is said', () => {
    const log = new ReadingLog();
    for (let i = 0; i < 10_000; i++) log.add(`corrupt ${'x'.repeat(1000)} ${i}`);
    expect(log.complaints).toBe(10_000);
    expect(log.lastLine.length).toBe(200);
  });
});
