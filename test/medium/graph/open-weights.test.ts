import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { readTensor } from '../../../src/checkpoint/read-tensor.js';
import { openWeights } from '../../../src/graph/open-weights.js';
import type { OpenedWeights } from '../../../src/graph/weights.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures/paligemma-tiny');
const SHARDED = join(FIXTURES, 'paligemma1-tiny-bf16-sharded');

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'weights-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const noWarning = (message: string) => expect.unreachable(message);

/** Holds every weight that can be pointed at to the checkpoint's own numbers. */
async function expectAllWeights(directory: string, weights: OpenedWeights): Promise<void> {
  const checkpoint = await openCheckpoint(directory);
  const files = new Map<string, Buffer>();
  for (const [name, tensor] of checkpoint.tensors) {
    const { path, byteOffset, shape } = weights.locate(name);
    const bytes = files.get(path) ?? (await readFile(join(weights.folder, path)));
    files.set(path, bytes);
    const wanted = await readTensor(tensor);
    const end = byteOffset + wanted.byteLength;
    const found = new Float32Array(Uint8Array.from(bytes.subarray(byteOffset, end)).buffer);
    expect(shape).toEqual(tensor.shape);
    expect(Buffer.from(found.buffer).equals(Buffer.from(wanted.buffer)), name).toBe(true);
  }
}

async function convert(cache: string): Promise<{ file: string; weights: OpenedWeights }> {
  const weights = await openWeights(await openCheckpoint(SHARDED), cache, noWarning);
  const names = (await readdir(cache)).filter((name) => name.endsWith('.weights'));
  expect(names).toHaveLength(1);
  return { file: join(cache, names[0] ?? ''), weights };
}

describe('openWeights', () => {
  it('points into the checkpoint itself when it is float32, and writes nothing', async () => {
    const cache = await temporaryFolder();
    const folder = join(FIXTURES, 'paligemma1-tiny-f32');
    const weights = await openWeights(await openCheckpoint(folder), cache, noWarning);
    await expectAllWeights(folder, weights);
    expect(weights.folder).toBe(folder);
    expect(await readdir(cache)).toEqual([]);
    expect(weights.parameters).toBe(413_872);
  });

  it('converts sharded bfloat16 once and exactly', async () => {
    const cache = join(await temporaryFolder(), 'not', 'there', 'yet');
    const { file, weights } = await convert(cache);
    await expectAllWeights(SHARDED, weights);
    const written = await stat(file);
    await convert(cache);
    expect((await stat(file)).ino).toBe(written.ino);
    expect(await readdir(cache)).toHaveLength(1);
  });

  it('makes a truncated file again', async () => {
    const cache = await temporaryFolder();
    const { file } = await convert(cache);
    await truncate(file, 1000);
    const { weights } = await convert(cache);
    await expectAllWeights(SHARDED, weights);
  });

  it('never uses what a killed conversion left, and removes it after a day', async () => {
    const cache = await temporaryFolder();
    const { file } = await convert(cache);
    const [fresh, old] = [`${file}.abc123.tmp`, `${file}.def456.tmp`];
    await rename(file, fresh);
    await writeFile(old, 'half');
    await utimes(old, new Date(0), new Date(0));
    await truncate(fresh, 500);
    const { weights } = await convert(cache);
    await expectAllWeights(SHARDED, weights);
    const left = await readdir(cache);
    expect(left).toHaveLength(2);
    expect(left.some((name) => name.includes('def456'))).toBe(false);
  });

  it('converts in two places at once without harm', async () => {
    const cache = await temporaryFolder();
    const both = await Promise.all([convert(cache), convert(cache)]);
    for (const { weights } of both) await expectAllWeights(SHARDED, weights);
    expect(await readdir(cache)).toHaveLength(1);
  });

  it('goes to a temporary folder when the cache cannot be written, says so, and removes it', async () => {
    const blocked = join(await temporaryFolder(), 'file');
    await writeFile(blocked, '');
    const warnings: string[] = [];
    const weights = await openWeights(await openCheckpoint(SHARDED), join(blocked, 'cache'), (message) =>
      warnings.push(message),
    );
    await expectAllWeights(SHARDED, weights);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(blocked);
    const { path } = weights.locate('language_model.norm.weight');
    await weights.dispose();
    await expect(stat(join(weights.folder, path))).rejects.toThrow(/ENOENT/);
  });

  it('follows links to shards that lie in different folders', async () => {
    const folder = await temporaryFolder();
    const model = join(folder, 'snapshot');
    const source = join(FIXTURES, 'paligemma1-tiny-f32');
    await mkdir(model);
    for (const name of ['config.json', 'preprocessor_config.json', 'tokenizer.json']) {
      await cp(join(source, name), join(model, name));
    }
    await mkdir(join(folder, 'blobs'));
    await cp(join(source, 'model.safetensors'), join(folder, 'blobs', 'abcdef'));
    await symlink('../blobs/abcdef', join(model, 'model.safetensors'));
    const weights = await openWeights(await openCheckpoint(model), folder, noWarning);
    await expectAllWeights(model, weights);
    expect(weights.folder.endsWith('blobs')).toBe(true);
  });
});
