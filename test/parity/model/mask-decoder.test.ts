import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MASK_DECODER_SHAPES } from '../../../src/graph/mask-decoder-shapes.js';
import { MaskDecoder } from '../../../src/model/mask-decoder.js';
import { npz } from '../../fixtures/checkpoint/npz.js';
import { goldenMaskDecoder } from './golden-mask-decoder.js';

const CODES = [7, 29].map((step, mask) =>
  Array.from({ length: 16 }, (_, i) => (step * i + (mask === 0 ? 3 : 100)) % 128),
);
const RUNNING = new AbortController().signal;

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'mask-decoder-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Both masks, as PyTorch computed them from the same numbers: `[2, 64, 64]`. */
async function reference(): Promise<Float32Array> {
  const bytes = await readFile('test/fixtures/graph/mask-decoder.f32');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

async function decoder(change: (tensors: Map<string, Float32Array>) => void = () => undefined) {
  const tensors = goldenMaskDecoder();
  change(tensors);
  const file = join(await folder(), 'mask-decoder.npz');
  const entries = [...tensors].map(([name, data]) => ({
    name,
    shape: MASK_DECODER_SHAPES.get(name) ?? [data.length],
    data,
  }));
  await writeFile(file, npz(entries));
  const made = new MaskDecoder(file, 1);
  onTestFinished(() => made.dispose());
  return made;
}

const greatestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((greatest, value, i) => Math.max(greatest, Math.abs(value - (b[i] ?? NaN))), 0);

describe('the mask decoder', () => {
  it('gives the masks of PyTorch within 1e-6', async () => {
    const { data, dims } = await (await decoder()).decode(CODES, RUNNING);
    expect(dims).toEqual([2, 64, 64]);
    expect(greatestDifference(data, await reference())).toBeLessThan(1e-6);
    expect(data.slice(0, 4096).filter((value) => value > 0)).toHaveLength(3554);
  });

  it('gives the same masks in one run and in several', async () => {
    const made = await decoder();
    const many = await made.decode(
      Array.from({ length: 19 }, (_, i) => CODES[i % 2] ?? []),
      RUNNING,
    );
    expect(many.dims).toEqual([19, 64, 64]);
    expect(greatestDifference(many.data.slice(17 * 4096), await reference())).toBeGreaterThan(0.01);
    expect(greatestDifference(many.data.slice(16 * 4096, 18 * 4096), await reference())).toBeLessThan(1e-6);
    expect((await made.decode([], RUNNING)).dims).toEqual([0, 64, 64]);
  });

  it('reads float16 weights, within what they can tell apart', async () => {
    const file = join(await folder(), 'mask-decoder.npz');
    const entries = [...goldenMaskDecoder()].map(([name, data]) => ({
      name,
      shape: MASK_DECODER_SHAPES.get(name) ?? [],
      data,
      half: true,
    }));
    await writeFile(file, npz(entries));
    const made = new MaskDecoder(file, 1);
    onTestFinished(() => made.dispose());
    const difference = greatestDifference((await made.decode(CODES, RUNNING)).data, await reference());
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(1e-3);
  });

  it.each([...MASK_DECODER_SHAPES.keys()])('depends on %s', async (name) => {
    const changed = await decoder((tensors) => {
      tensors.set(name, tensors.get(name)?.map((value) => value * 1.25) ?? new Float32Array());
    });
    const { data } = await changed.decode(CODES, RUNNING);
    expect(greatestDifference(data, await reference())).toBeGreaterThan(1e-5);
  });

  it('refuses codes that are none, and files that are no decoder', async () => {
    const made = await decoder();
    await expect(made.decode([[1, 2, 3]], RUNNING)).rejects.toMatchObject({ code: 'bad_detection' });
    await expect(made.decode([[...Array<number>(15).fill(0), 128]], RUNNING)).rejects.toMatchObject({
      code: 'bad_detection',
    });
    const lacking = await decoder((tensors) => tensors.delete('decoder.8.bias'));
    await expect(lacking.decode(CODES, RUNNING)).rejects.toMatchObject({
      code: 'checkpoint_tensor_missing',
      message: expect.stringContaining('decoder.8.bias') as string,
    });
    const none = new MaskDecoder(null, 1);
    await expect(none.decode(CODES, RUNNING)).rejects.toMatchObject({ code: 'no_mask_decoder' });
  });
});
