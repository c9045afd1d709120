import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GraphBuilder } from '../../../src/graph/graph-builder.js';
import { openPrepared, type PreparedOptions } from '../../../src/runtime/open-prepared.js';
import type { Session } from '../../../src/runtime/session.js';

const [IN, OUT] = [256, 32];
const STEM = `${'0'.repeat(64)}-int8-v1`;
const X = { data: Float32Array.from({ length: IN }, (_, i) => Math.sin(i)), dims: [1, IN] };

function model(): Uint8Array {
  const graph = new GraphBuilder('product');
  const w = graph.weight('w', { path: 'weights', byteOffset: 0, shape: [IN, OUT] });
  graph.output('y', graph.node('MatMul', [graph.input('x', 'float', [1, IN]), w]), [1, OUT]);
  return graph.build();
}

async function setUp() {
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'prepared-'));
  onTestFinished(() => rm(cacheDirectory, { recursive: true, force: true }));
  const warnings: string[] = [];
  let written = 0;
  const open = async (change: Partial<PreparedOptions> = {}) => {
    const opened = await openPrepared({
      name: 'the product',
      model: model(),
      threads: 1,
      cacheDirectory,
      stem: STEM,
      writeWeights: async () => {
        written++;
        const weights = Float32Array.from({ length: IN * OUT }, (_, i) => Math.cos(i));
        await writeFile(join(cacheDirectory, 'weights'), Buffer.from(weights.buffer));
        return cacheDirectory;
      },
      onWarning: (message) => warnings.push(message),
      ...change,
    });
    onTestFinished(() => opened.session.dispose());
    return opened;
  };
  const folders = async () => (await readdir(cacheDirectory)).filter((name) => name !== 'weights');
  return { cacheDirectory, open, folders, warnings, timesWritten: () => written };
}

async function answer(session: Session): Promise<number[]> {
  const { y } = await session.run({ x: X }, { y: null });
  return Array.from(y?.data as Float32Array);
}

const wanted = Array.from({ length: OUT }, (_, out) =>
  X.data.reduce((sum, x, i) => sum + x * Math.cos(i * OUT + out), 0),
);

function expectRight(found: readonly number[]): void {
  found.forEach((y, i) => {
    expect(y).toBeCloseTo(wanted[i] ?? NaN, 3);
  });
}

describe('openPrepared', () => {
  it('needs the weights only the first time, and answers the same from the prepared files', async () => {
    const { cacheDirectory, open, folders, warnings, timesWritten } = await setUp();
    const first = await open();
    expect(first.folder).toBe(join(cacheDirectory, (await folders())[0] ?? ''));
    expectRight(await answer(first.session));
    await rm(join(cacheDirectory, 'weights'));
    const second = await open();
    expectRight(await answer(second.session));
    expect(timesWritten()).toBe(1);
    expect(await folders()).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('is prepared by two at once without harm', async () => {
    const { open, folders, warnings } = await setUp();
    const both = await Promise.all([open(), open()]);
    for (const { session } of both) expectRight(await answer(session));
    expect(await folders()).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it.each(['model.onnx', 'model.onnx.data'])('makes a folder again whose %s was cut short', async (file) => {
    const { cacheDirectory, open, folders, timesWritten } = await setUp();
    await open();
    const [entry = ''] = await folders();
    const path = join(cacheDirectory, entry, file);
    await truncate(path, Math.floor((await stat(path)).size / 2));
    expectRight(await answer((await open()).session));
    expect(timesWritten()).toBe(2);
  });

  it('never looks at what a killed one left', async () => {
    const { cacheDirectory, open, folders, timesWritten } = await setUp();
    await open();
    const [entry = ''] = await folders();
    await rm(join(cacheDirectory, entry, 'model.onnx.data'));
    await writeFile(join(cacheDirectory, `${entry}.abc.tmp`), 'half');
    expectRight(await answer((await open()).session));
    expect(timesWritten()).toBe(2);
  });

  it('is made anew for another graph', async () => {
    const { open, folders } = await setUp();
    await open();
    const graph = new GraphBuilder('another');
    const w = graph.weight('w', { path: 'weights', byteOffset: 0, shape: [IN, OUT] });
    graph.output('z', graph.node('MatMul', [graph.input('x', 'float', [1, IN]), w]), [1, OUT]);
    await open({ model: graph.build() });
    expect(await folders()).toHaveLength(2);
  });

  it('works without keeping anything where it cannot, and says so', async () => {
    const { cacheDirectory, open, folders, warnings } = await setUp();
    const name = 'x'.repeat(250); // with what is added to it, longer than a file's name may be
    const { session, folder } = await open({ stem: name });
    expectRight(await answer(session));
    expect(folder).toBeNull();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(cacheDirectory);
    expect(await folders()).toEqual([]);
  });
});
