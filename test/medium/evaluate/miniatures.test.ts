import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BENCHMARKS } from '../../../src/evaluate/benchmarks/benchmarks.js';
import { benchmarkItems } from '../../../src/evaluate/run/benchmark-items.js';
import { PredictionFile } from '../../../src/evaluate/run/prediction-file.js';
import { runBenchmark } from '../../../src/evaluate/run/run-benchmark.js';
import { scoreBenchmark } from '../../../src/evaluate/run/score-benchmark.js';
import { MINIATURES, writeMiniature } from '../../fixtures/evaluate/miniatures.js';

const directory = mkdtempSync(join(tmpdir(), 'miniatures-'));

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('benchmarks', () => {
  it('have a miniature each', () => {
    expect(Object.keys(MINIATURES).sort()).toEqual(BENCHMARKS.map(({ name }) => name).sort());
  });

  it.each(BENCHMARKS.map((benchmark) => [benchmark.name, benchmark] as const))(
    'scores the miniature of %s as worked out by hand',
    async (name, benchmark) => {
      const miniature = MINIATURES[name];
      if (miniature === undefined) throw new Error(`no miniature of ${name}`);
      const folder = join(directory, name);
      writeMiniature(folder, miniature);
      const items = benchmarkItems(benchmark, folder);
      const asked: { prompt: string; media: readonly string[] }[] = [];
      const file = await PredictionFile.open(join(directory, `${name}.jsonl`), {
        benchmark: name,
        split: benchmark.split,
        model: 'scripted',
        precision: 'f32',
      });
      await runBenchmark({
        benchmark,
        items,
        file,
        answer: ({ id, media }, prompt) => {
          asked.push({ prompt, media });
          const overlap = miniature.overlaps?.[id];
          const prediction = miniature.said[id];
          if (prediction === undefined) throw new Error(`${id} is not said`);
          return Promise.resolve(overlap === undefined ? { prediction } : { prediction, overlap });
        },
      });
      expect(asked[0]).toEqual({ prompt: miniature.prompt, media: miniature.media });
      expect(asked.length).toBe(Object.keys(miniature.said).length);
      const score = await scoreBenchmark(benchmark, items(), file.predictions);
      const parts = Object.fromEntries(score.parts.map((part) => [part.name, part.score]));
      for (const [part, value] of Object.entries(miniature.score)) {
        expect(parts[part], part).toBeCloseTo(value, 6);
      }
      // Every part that the card has a number for is there.
      expect(Object.keys(parts)).toEqual(expect.arrayContaining([...benchmark.card.parts]));
    },
  );
});
