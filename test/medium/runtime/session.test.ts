import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GraphBuilder } from '../../../src/graph/graph-builder.js';
import { Session } from '../../../src/runtime/session.js';
import { BugError, EnvironmentError } from '../../../src/shared/errors.js';

async function folderWith(numbers: readonly number[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'runtime-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'weights'), Buffer.from(Float32Array.from(numbers).buffer));
  return folder;
}

/** `y = x + w`, `z = 2 x`; w lies in a file behind one number. */
function model(): Uint8Array {
  const graph = new GraphBuilder('sum');
  const x = graph.input('x', 'float', ['n', 2]);
  const w = graph.weight('w', { path: 'weights', byteOffset: 4, shape: [2] });
  graph.output('y', graph.node('Add', [x, w]), ['n', 2]);
  graph.output('z', graph.node('Mul', [x, graph.scalar(2)]), ['n', 2]);
  return graph.build();
}

async function open(
  change: { executionProviders?: readonly string[]; model?: Uint8Array } = {},
): Promise<Session> {
  const weightsFolder = await folderWith([99, 10, 20]);
  const session = await Session.open({
    name: 'the sum',
    model: model(),
    weightsFolder,
    threads: 1,
    ...change,
  });
  onTestFinished(() => session.dispose());
  return session;
}

const X = { data: Float32Array.of(1, 2), dims: [1, 2] };

describe('Session', () => {
  it('reads weights from their file at their offset', async () => {
    const { y } = await (await open()).run({ x: X }, { y: null });
    expect(Array.from(y?.data as Float32Array)).toEqual([11, 22]);
    expect(y?.dims).toEqual([1, 2]);
  });

  it('reads views and writes into views, without touching what lies around them', async () => {
    const memory = Float32Array.of(7, 1, 2, 7, 7, 7);
    const x = { data: memory.subarray(1, 3), dims: [1, 2] };
    await (await open()).run({ x }, { y: { data: memory.subarray(3, 5), dims: [1, 2] } });
    expect(Array.from(memory)).toEqual([7, 1, 2, 11, 22, 7]);
  });

  it('computes only what is asked for, also for no rows', async () => {
    const results = await (await open()).run({ x: { data: new Float32Array(0), dims: [0, 2] } }, { z: null });
    expect(Object.keys(results)).toEqual(['z']);
    expect(results['z']?.dims).toEqual([0, 2]);
  });

  it('refuses to run after dispose, and takes a second dispose', async () => {
    const session = await open();
    await session.dispose();
    await session.dispose();
    await expect(session.run({ x: X }, { y: null })).rejects.toMatchObject({ code: 'session_disposed' });
  });

  it('lets what is running end before it is disposed of', async () => {
    const session = await open();
    const running = session.run({ x: X }, { y: null });
    await session.dispose();
    expect((await running)['y']?.data[0]).toBe(11);
  });

  it('translates what the runtime throws', async () => {
    const session = await open();
    const missing = session.run({}, { y: null });
    await expect(missing).rejects.toBeInstanceOf(BugError);
    await expect(missing).rejects.toThrow(/running the sum/);
    await expect(open({ model: Uint8Array.of(1, 2, 3) })).rejects.toMatchObject({ code: 'runtime_failed' });
    await expect(open({ executionProviders: ['nonsense'] })).rejects.toBeInstanceOf(EnvironmentError);
  });
});
