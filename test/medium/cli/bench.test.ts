import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { readTensor } from '../../../src/checkpoint/read-tensor.js';
import { benchTable } from '../../../src/cli/bench/bench-table.js';
import { measureTowers } from '../../../src/cli/bench/measure-towers.js';
import { FULL_SHAPE, shapeFiles } from '../../../src/cli/bench/model-shape.js';
import { writeRandomCheckpoint } from '../../../src/cli/bench/write-random-checkpoint.js';
import { tinyFolder } from '../../parity/model/tiny-checkpoint.js';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

it("knows PaliGemma 3B's shape to the last number", () => {
  const { tensors } = shapeFiles(FULL_SHAPE);
  const numbers = [...tensors.values()].map((dims) => dims.reduce((product, size) => product * size, 1));
  expect(numbers.reduce((sum, count) => sum + count, 0)).toBe(2_923_466_480);
});

it('writes a checkpoint of random weights that opens like any other', async () => {
  const folder = await temporaryFolder();
  const tokenizer = join(tinyFolder('paligemma1-tiny-f32'), 'tokenizer.json');
  await writeRandomCheckpoint(folder, { visionLayers: 1, textLayers: 1, vocabSize: 512 }, tokenizer);
  const { config, tensors } = await openCheckpoint(folder);
  expect(config.imageTokens).toBe(256);
  const projector = tensors.get('multi_modal_projector.linear.weight');
  if (projector === undefined) throw new Error('no projector');
  const weights = await readTensor(projector);
  const bound = 1 / Math.sqrt(1152);
  const largest = weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 0);
  expect(largest).toBeLessThanOrEqual(bound);
  expect(largest).toBeGreaterThan(0.99 * bound);
});

it('measures a model and prints every figure beside the first precision', async () => {
  const cacheDirectory = await temporaryFolder();
  const checkpoint = await openCheckpoint(tinyFolder('paligemma1-tiny-f32'));
  const common = { cacheDirectory, threads: 1, prefixes: [20, 30], runs: 1, onWarning: expect.unreachable };
  const figures = [
    await measureTowers(checkpoint, { ...common, precision: 'f32' }),
    await measureTowers(checkpoint, { ...common, precision: 'int4' }),
  ];
  for (const { prefixes, visionPerFrame } of figures) {
    expect(visionPerFrame.wallMs).toBeGreaterThan(0);
    for (const { prefill, step, stepOfFour } of prefixes) {
      for (const { wallMs } of [prefill, step, stepOfFour]) expect(wallMs).toBeLessThan(Infinity);
    }
  }
  const limits = { gigaflops: 100, gigabytesPerSecond: 20 };
  const table = benchTable({ model: 'tiny', parameters: 1e6, threads: 1, limits, figures });
  expect(table).toMatch(/^decode at 30, 4 at once, tokens\/s +[\d.e+]+ +[\d.e+]+ \([\d.]+x\)$/m);
  expect(table.trim().split('\n')).toHaveLength(1 + 1 + 1 + 4 + 2 * 3);
});
