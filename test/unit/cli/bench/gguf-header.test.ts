import { expect, it } from 'vitest';
import { ggufHeader } from '../../../../src/cli/bench/peers/gguf-header.js';

/** Reads what the header says, byte after byte, as the format describes it. */
class Reader {
  offset = 0;
  constructor(readonly bytes: Buffer) {}
  uint32(): number {
    this.offset += 4;
    return this.bytes.readUInt32LE(this.offset - 4);
  }
  uint64(): number {
    this.offset += 8;
    return Number(this.bytes.readBigUInt64LE(this.offset - 8));
  }
  float32(): number {
    this.offset += 4;
    return this.bytes.readFloatLE(this.offset - 4);
  }
  string(): string {
    const length = this.uint64();
    this.offset += length;
    return this.bytes.toString('utf8', this.offset - length, this.offset);
  }
}

it('writes what a reader of GGUF finds again', () => {
  const bytes = ggufHeader({ 'a.count': 7, 'a.small': 0.5, 'a.name': 'é', 'a.words': ['x', 'yz'] }, [
    { name: 'first', dims: [64, 3], type: 'q4_0' },
    { name: 'second', dims: [5], type: 'f32' },
  ]);
  const reader = new Reader(bytes);
  expect(bytes.toString('latin1', 0, 4)).toBe('GGUF');
  reader.offset = 4;
  expect([reader.uint32(), reader.uint64(), reader.uint64()]).toEqual([3, 2, 4]);
  expect([reader.string(), reader.uint32(), reader.uint32()]).toEqual(['a.count', 4, 7]);
  expect([reader.string(), reader.uint32(), reader.float32()]).toEqual(['a.small', 6, 0.5]);
  expect([reader.string(), reader.uint32(), reader.string()]).toEqual(['a.name', 8, 'é']);
  expect([reader.string(), reader.uint32(), reader.uint32(), reader.uint64()]).toEqual(['a.words', 9, 8, 2]);
  expect([reader.string(), reader.string()]).toEqual(['x', 'yz']);
  const tensor = () => {
    const [name, rank] = [reader.string(), reader.uint32()];
    const dims = Array.from({ length: rank }, () => reader.uint64());
    return { name, dims, type: reader.uint32(), offset: reader.uint64() };
  };
  expect(tensor()).toEqual({ name: 'first', dims: [64, 3], type: 2, offset: 0 });
  expect(tensor()).toEqual({ name: 'second', dims: [5], type: 0, offset: 128 }); // 6 blocks of 18 bytes, padded
  expect(bytes.length % 32).toBe(0);
  expect(bytes.length - reader.offset).toBeLessThan(32);
});
