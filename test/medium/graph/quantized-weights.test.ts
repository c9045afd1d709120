import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { quantizedWeights } from '../../../src/graph/quantized-weights.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/paligemma-tiny/paligemma1-tiny-f32');

async function setUp(cacheName = 'cache') {
  const parent = await mkdtemp(join(tmpdir(), 'quantized-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  await writeFile(join(parent, 'file'), '');
  const cache = join(parent, cacheName);
  const warnings: string[] = [];
  const weights = quantizedWeights(await openCheckpoint(FOLDER), 'int8', cache, (warning) =>
    warnings.push(warning),
  );
  onTestFinished(() => weights.dispose());
  const fileIn = async (folder: string) => join(folder, (await readdir(folder))[0] ?? 'none');
  return { weights, warnings, fileIn };
}

describe('quantizedWeights', () => {
  it('writes the file again when another process has removed it', async () => {
    const { weights, fileIn } = await setUp();
    const file = await fileIn(await weights.write());
    await rm(file);
    expect(await fileIn(await weights.write())).toBe(file);
    await weights.discard();
    expect(await fileIn(await weights.write())).toBe(file);
  });

  it('leaves a file where it is that cannot be removed', async () => {
    const { weights, fileIn } = await setUp();
    const file = await fileIn(await weights.write());
    await rm(file);
    await mkdir(file); // which only a recursive removal takes away
    await weights.discard();
    await access(file);
  });

  it('keeps one temporary copy until it is disposed of', async () => {
    const { weights, warnings, fileIn } = await setUp('file/cache');
    const folder = await weights.write();
    expect(await weights.write()).toBe(folder);
    expect(warnings).toHaveLength(1);
    await access(await fileIn(folder));
    await weights.dispose();
    await expect(access(folder)).rejects.toThrow();
  });
});
