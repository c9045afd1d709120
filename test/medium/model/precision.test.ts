import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openEngine, type Engine } from '../../../src/model/engine.js';
import type { EngineOptions } from '../../../src/model/engine-module.js';
import type { Generation } from '../../../src/language/generation.js';
import { collect, readFrames, tinyFolder } from '../../parity/model/tiny-checkpoint.js';
import { PIXEL_AXES, tensor } from '../../../src/shared/tensor.js';

const OPTIONS = { sampling: { kind: 'greedy' }, maxNewTokens: 12, topLogprobs: 1 } as const;
const SIZE = 112;

/** A red square that moves over green ground: something the bundled model has an opinion on. */
function frames(shift: number) {
  return Array.from({ length: 4 }, (_, f) => {
    const data = new Uint8Array(SIZE * SIZE * 3);
    for (let p = 0; p < SIZE * SIZE; p++) {
      const [row, column] = [Math.floor(p / SIZE), p % SIZE];
      const isThing = row > 40 && row < 70 && column > shift + 10 * f && column < shift + 10 * f + 25;
      data.set(isThing ? [200, 30, 30] : [70, 170, 70], 3 * p);
    }
    return { key: `${shift}/${f}`, pixels: tensor(PIXEL_AXES, [SIZE, SIZE, 3], data) };
  });
}

describe('an engine in 8 and 4 bits', () => {
  let cache: string;
  let exact: Generation;
  const warnings: string[] = [];
  const openOwn = (change: Partial<EngineOptions>): Promise<Engine> =>
    openEngine({
      directory: 'models/nano',
      cacheDirectory: cache,
      threads: 1,
      precision: 'f32',
      imageTokenCacheBytes: 1 << 24,
      onWarning: (message) => warnings.push(message),
      ...change,
    });
  const open = async (change: Partial<EngineOptions>): Promise<Engine> => {
    const engine = await openOwn(change);
    onTestFinished(() => engine.close());
    return engine;
  };
  const ask = async (engine: Engine, shift = 10): Promise<Generation> => {
    const request = { frames: frames(shift), prompt: 'caption en', options: OPTIONS };
    return (await collect(engine.generate(request))).generation;
  };

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'precision-'));
    const engine = await openOwn({});
    exact = await ask(engine);
    await engine.close();
  });

  afterAll(() => rm(cache, { recursive: true, force: true }));

  it.each([
    ['int8', 0.1],
    ['int4', 0.4],
  ] as const)('is nearly as sure in %s as in float32', async (precision, bound) => {
    const engine = await open({ precision });
    expect(engine.info.precision).toBe(precision);
    const [wanted, found] = [exact.steps[0], (await ask(engine)).steps[0]];
    expect(Math.abs((found?.topLogprobs[0] ?? NaN) - (wanted?.topLogprobs[0] ?? NaN))).toBeLessThan(bound);
    expect(warnings).toEqual([]);
  });

  it.each(['int8', 'int4'] as const)(
    'converts %s once, and keeps only what it needs then',
    async (precision) => {
      const told: number[] = [];
      const own = await mkdtemp(join(tmpdir(), 'precision-'));
      onTestFinished(() => rm(own, { recursive: true, force: true }));
      const settings = { precision, cacheDirectory: own } as const;
      const first = await ask(
        await open({ ...settings, onLoading: (done, total) => told.push(done / total) }),
      );
      expect(told[0]).toBe(0);
      expect(told.at(-1)).toBe(1);
      expect(told).toEqual([...told].sort((a, b) => a - b));
      expect((await readdir(own)).filter((name) => name.endsWith('.weights'))).toEqual([]);
      const onLoading = () => expect.unreachable('it converted again');
      const second = await ask(await open({ ...settings, onLoading }));
      expect(second.steps).toEqual(first.steps);
      expect(await readdir(own)).toHaveLength(2); // a folder for each tower
    },
  );

  it('gives the same answers to several questions at once as to each alone', async () => {
    for (const precision of ['int8', 'int4'] as const) {
      const engine = await open({ precision });
      const shifts = [0, 10, 20, 30, 40];
      const together = await Promise.all(shifts.map((shift) => ask(engine, shift)));
      for (const [i, shift] of shifts.entries()) {
        expect(together[i]?.ids).toEqual((await ask(engine, shift)).ids);
      }
    }
  });

  it('decides auto for a small model in favour of float32', async () => {
    expect((await open({ precision: 'auto' })).info.precision).toBe('f32');
  });

  it('works without a cache folder, says so, and leaves nothing behind', async () => {
    const blocked = join(cache, 'file');
    await writeFile(blocked, '');
    const told: string[] = [];
    const engine = await open({
      precision: 'int8',
      cacheDirectory: join(blocked, 'cache'),
      onWarning: (message) => told.push(message),
    });
    expect((await ask(engine)).ids.length).toBeGreaterThan(0);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(blocked);
  });

  it.skipIf(process.platform === 'win32').each(['f32', 'int8'] as const)(
    'has nothing in the temporary folder any more once it is open in %s without a cache folder',
    async (precision) => {
      const directory = tinyFolder('paligemma2-tiny-bf16');
      const own = await mkdtemp(join(tmpdir(), 'precision-'));
      onTestFinished(() => rm(own, { recursive: true, force: true }));
      const blocked = join(cache, 'in-the-way');
      await writeFile(blocked, '');
      vi.stubEnv('TMPDIR', own);
      onTestFinished(() => {
        vi.unstubAllEnvs();
      });
      let converted = 0;
      const temporary = await open({
        ...{ directory, precision, cacheDirectory: join(blocked, 'cache') },
        onWarning: () => undefined,
        onLoading: () => converted++,
      });
      expect(converted).toBeGreaterThan(0);
      expect(await readdir(own)).toEqual([]);
      const kept = await open({ directory, precision });
      const request = { frames: await readFrames(directory, [0, 3]), prompt: 'caption en', options: OPTIONS };
      const [found, wanted] = [
        await collect(temporary.generate(request)),
        await collect(kept.generate(request)),
      ];
      expect(found.generation.steps).toEqual(wanted.generation.steps);
    },
  );

  it('removes what nobody has used for a month', async () => {
    const own = await mkdtemp(join(tmpdir(), 'precision-'));
    onTestFinished(() => rm(own, { recursive: true, force: true }));
    const stem = `${'a'.repeat(64)}-int8-v1`;
    await Promise.all(
      [`${stem}.weights`, `${stem}-recent.weights`, 'other.txt'].map((f) => writeFile(join(own, f), '')),
    );
    const before = new Date(Date.now() - 31 * 24 * 3600 * 1000);
    for (const name of [`${stem}.weights`, 'other.txt']) await utimes(join(own, name), before, before);
    await open({ precision: 'int8', cacheDirectory: own });
    const left = await readdir(own);
    expect(left).toContain('other.txt');
    expect(left).toContain(`${stem}-recent.weights`);
    expect(left).not.toContain(`${stem}.weights`);
  });

  it.each(['f32', 'int8'] as const)(
    'keeps its own %s weights, though nobody has opened them for a month',
    async (precision) => {
      const own = await mkdtemp(join(tmpdir(), 'precision-'));
      onTestFinished(() => rm(own, { recursive: true, force: true }));
      const settings = {
        directory: tinyFolder('paligemma2-tiny-bf16'),
        precision,
        cacheDirectory: own,
      } as const;
      await (await openOwn(settings)).close();
      const kept = await readdir(own);
      const before = new Date(Date.now() - 31 * 24 * 3600 * 1000);
      for (const name of kept) await utimes(join(own, name), before, before);
      await open({ ...settings, onLoading: () => expect.unreachable('it converted again') });
      expect(await readdir(own)).toEqual(kept);
      for (const name of kept)
        expect((await stat(join(own, name))).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
    },
  );

  it('says each day of what it has open that it is used', async () => {
    const own = await mkdtemp(join(tmpdir(), 'precision-'));
    onTestFinished(() => rm(own, { recursive: true, force: true }));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const engine = await openOwn({ precision: 'int8', cacheDirectory: own });
    const kept = await readdir(own);
    const before = new Date(Date.now() - 31 * 24 * 3600 * 1000);
    for (const name of kept) await utimes(join(own, name), before, before);
    vi.advanceTimersByTime(24 * 3600 * 1000);
    await vi.waitFor(async () => {
      for (const name of kept)
        expect((await stat(join(own, name))).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
    });
    await engine.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an execution provider that is not there', () => {
  it.each([
    ['cuda', 'libonnxruntime_providers_cuda.so'],
    ['dml', 'DirectML.dll'],
    ['coreml', 'CoreML.framework'],
  ] as const)('%s is replaced by the processor, with one warning', async (provider, library) => {
    if (provider === 'coreml' && process.platform === 'darwin') return;
    if (provider === 'dml' && process.platform === 'win32') return;
    const told: string[] = [];
    const engine = await openEngine({
      directory: tinyFolder('paligemma1-tiny-f32'),
      cacheDirectory: tmpdir(),
      threads: 1,
      precision: 'auto',
      provider,
      imageTokenCacheBytes: 0,
      onWarning: (message) => told.push(message),
    });
    onTestFinished(() => engine.close());
    expect(engine.info.provider).toBe('cpu');
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(provider);
    expect(told[0]).toContain(library);
    const request = {
      frames: await readFrames(tinyFolder('paligemma1-tiny-f32'), [0]),
      prompt: 'caption en',
    };
    const { generation } = await collect(engine.generate({ ...request, options: OPTIONS }));
    expect(generation.steps.length).toBeGreaterThan(0);
  });
});
