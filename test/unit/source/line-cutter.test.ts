import { describe, expect, it } from 'vitest';
import { LineCutter } from '../../../src/source/line-cutter.js';

/** The lines of a text that comes in pieces of so many bytes, and what is left at the end. */
function cut(text: string, bytes: number) {
  const cutter = new LineCutter();
  const all = Buffer.from(text);
  const lines: string[] = [];
  for (let from = 0; from < all.length; from += bytes)
    lines.push(...cutter.push(all.subarray(from, from + bytes)));
  return { lines, unfinishedBytes: cutter.unfinishedBytes, rest: cutter.end() };
}

describe('LineCutter', () => {
  it.each([1, 2, 3, 7, 1000])('cuts at line feeds alone, whatever bytes come together: %i', (bytes) => {
    const text = 'a\n\r\n{"title":"x\u2028y\u2029z\u0085\rü"}\r\n\n🐄 end';
    expect(cut(text, bytes)).toEqual({
      lines: ['a', '', '{"title":"x\u2028y\u2029z\u0085\rü"}', ''],
      unfinishedBytes: 8,
      rest: '🐄 end',
    });
  });

  it('has nothing left after a line feed', () => {
    expect(cut('a\n', 1)).toEqual({ lines: ['a'], unfinishedBytes: 0, rest: '' });
  });

  it('takes a long line in many pieces in passing', () => {
    const cutter = new LineCutter();
    const piece = Buffer.alloc(1000, 'a');
    for (let i = 0; i < 16_000; i++) cutter.push(piece);
    expect(cutter.unfinishedBytes).toBe(16e6);
    expect(cutter.push(Buffer.from('\n'))[0]?.length).toBe(16e6);
  });
});
