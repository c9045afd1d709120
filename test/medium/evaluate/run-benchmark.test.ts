import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { BenchmarkItem } from '../../../src/evaluate/readers/benchmark-item.js';
import { PredictionFile } from '../../../src/evaluate/run/prediction-file.js';
import { type BenchmarkAnswer, runBenchmark } from '../../../src/evaluate/run/run-benchmark.js';
import { scoreBenchmark } from '../../../src/evaluate/run/score-benchmark.js';
import { UnreadableMedia } from '../../../src/evaluate/run/unreadable-media.js';
import { RequestError } from '../../../src/shared/errors.js';

const directory = mkdtempSync(join(tmpdir(), 'run-benchmark-'));
const HEADER = { benchmark: 'x', split: 'test', model: 'm', precision: 'f32' };
const benchmark = { prompt: 'answer en {question}' };
let path = '';
let turn = 0;

beforeEach(() => {
  path = join(directory, `${turn++}.jsonl`);
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function items(count: number) {
  return async function* (): AsyncGenerator<BenchmarkItem> {
    await Promise.resolve();
    for (let i = 0; i < count; i++) {
      yield { id: String(i), media: [`${i}.png`], fields: { question: `q${i}` }, references: ['a'] };
    }
  };
}

/** Answers `a` and keeps what was asked. */
function answering(asked: string[], before: (id: string) => void | Promise<void> = () => undefined) {
  return async ({ id }: BenchmarkItem): Promise<BenchmarkAnswer> => {
    await before(id);
    asked.push(id);
    return { prediction: 'a' };
  };
}

const written = () =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => (JSON.parse(line) as { id: string }).id);

const everyId = (count: number) => Array.from({ length: count }, (_, i) => String(i)).sort();

describe('runBenchmark', () => {
  it('goes on where it was stopped', async () => {
    const asked: string[] = [];
    const stop = new AbortController();
    const file = await PredictionFile.open(path, HEADER);
    const stopping = answering(asked, (id) => {
      if (id === '20') stop.abort();
    });
    await expect(
      runBenchmark({ benchmark, items: items(40), answer: stopping, file, signal: stop.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked.length).toBe(21);

    const again = await PredictionFile.open(path, HEADER);
    await runBenchmark({ benchmark, items: items(40), answer: answering(asked), file: again });
    expect(asked.length).toBe(40);
    expect(written().sort()).toEqual(everyId(40));
  });

  it('takes over from a worker that was killed, and passes the line it left half written', async () => {
    const file = await PredictionFile.open(path, HEADER);
    appendFileSync(path, '{"id":"0","prediction":"a"}\n{"id":"1","predic');
    mkdirSync(`${path}.claims`);
    const deadPid = 2 ** 22 + 1; // above the largest a system gives
    writeFileSync(join(`${path}.claims`, '0'), JSON.stringify({ pid: deadPid, host: hostname() }));
    const asked: string[] = [];
    await runBenchmark({ benchmark, items: items(3), answer: answering(asked), file });
    expect(asked).toEqual(['1', '2']);
    const known = (await PredictionFile.open(path, HEADER)).predictions;
    expect([...known.keys()].sort()).toEqual(['0', '1', '2']);
  });

  it.each<[string, () => number, number]>([
    ['of an earlier one with its own number, as in a container begun anew', () => process.pid, 0],
    ['whose number another program has by now', () => process.ppid, 16 * 60],
  ])('takes over the part of a dead worker %s', async (_, pid, idleSeconds) => {
    const file = await PredictionFile.open(path, HEADER);
    const claim = join(`${path}.claims`, '0');
    mkdirSync(`${path}.claims`);
    writeFileSync(claim, JSON.stringify({ pid: pid(), host: hostname() }));
    const touched = Date.now() / 1000 - idleSeconds;
    utimesSync(claim, touched, touched);
    const asked: string[] = [];
    await runBenchmark({ benchmark, items: items(2), answer: answering(asked), file });
    expect(asked).toEqual(['0', '1']);
  });

  it('lets two workers share a file without answering anything twice', async () => {
    const asked: string[] = [];
    const count = 100;
    let meet = (): void => undefined;
    const bothBegun = new Promise<void>((resolve) => (meet = resolve));
    let begun = 0;
    const worker = async () => {
      let first = true;
      await runBenchmark({
        benchmark,
        items: items(count),
        file: await PredictionFile.open(path, HEADER),
        answer: answering(asked, async () => {
          if (!first) return;
          first = false;
          if (++begun === 2) meet();
          await bothBegun;
        }),
      });
    };
    await Promise.all([worker(), worker()]);
    expect(begun).toBe(2);
    expect(asked.length).toBe(count);
    expect(written().sort()).toEqual(everyId(count));
  });

  it('counts and names what is missing, and tries it again the next time', async () => {
    const file = await PredictionFile.open(path, HEADER);
    const gone = (id: string) => {
      if (id === '1') throw new UnreadableMedia(new RequestError('no_such_file', 'there is no file "1.png"'));
    };
    const asked: string[] = [];
    await runBenchmark({ benchmark, items: items(3), answer: answering(asked, gone), file });
    const score = await scoreBenchmark({ metric: 'exact' }, items(3)(), file.predictions);
    expect(score).toMatchObject({ scored: 2, unanswered: 1, missing: ['1.png'] });

    const again = await PredictionFile.open(path, HEADER);
    await runBenchmark({ benchmark, items: items(3), answer: answering(asked), file: again });
    expect(asked).toEqual(['0', '2', '1']);
    const whole = await scoreBenchmark({ metric: 'exact' }, items(3)(), again.predictions);
    expect(whole).toMatchObject({ scored: 3, unanswered: 0, missing: [] });
  });

  it.each([
    new TypeError('x is not a function'),
    new RequestError('sequence_too_long', 'the model takes 8192'), // the model's refusal, not a missing file
  ])('stops at an error that is not of the item\u2019s files: %s', async (error) => {
    const file = await PredictionFile.open(path, HEADER);
    const answer = () => Promise.reject(error);
    await expect(runBenchmark({ benchmark, items: items(3), answer, file })).rejects.toBe(error);
    expect(file.predictions.size).toBe(0);
  });
});

describe('PredictionFile', () => {
  it('is there with its header or not at all, whoever makes it first', async () => {
    const files = await Promise.all(Array.from({ length: 20 }, () => PredictionFile.open(path, HEADER)));
    expect(new Set(files.map(({ header }) => header.benchmark))).toEqual(new Set([HEADER.benchmark]));
    const here = readdirSync(directory).filter((name) => name.startsWith(basename(path)));
    expect(here).toEqual([basename(path)]);
  });

  it('refuses the predictions of other weights, but not those of nobody knows which', async () => {
    await PredictionFile.open(path, { ...HEADER, weights: 'a' });
    await PredictionFile.open(path, { ...HEADER, weights: 'a' });
    await expect(PredictionFile.open(path, { ...HEADER, weights: 'b' })).rejects.toMatchObject({
      code: 'predictions_of_another',
    });
    path = `${path}.old`;
    await PredictionFile.open(path, HEADER);
    await PredictionFile.open(path, { ...HEADER, weights: 'b' });
  });

  it('refuses the predictions of another model', async () => {
    await PredictionFile.open(path, HEADER);
    await expect(PredictionFile.open(path, { ...HEADER, model: 'n' })).rejects.toMatchObject({
      code: 'predictions_of_another',
    });
  });

  it('refuses a file of something else', async () => {
    writeFileSync(path, 'hello\n');
    await expect(PredictionFile.open(path, HEADER)).rejects.toMatchObject({ code: 'predictions_file' });
    await expect(PredictionFile.read(join(directory, 'gone'))).rejects.toMatchObject({
      code: 'predictions_file',
    });
  });
});
