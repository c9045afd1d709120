import { expect, it } from 'vitest';
import { benchTable } from '../../../../src/cli/bench/bench-table.js';
import type { BenchReport, EngineReport, RoundFigures } from '../../../../src/cli/bench/report.js';

const memory = { resident: 2e9, anonymous: 1e9, peak: 3e9 };
const took = (wallMs: number) => ({ wallMs, processorMs: 2 * wallMs });

function round(visionMs: number | null, prefillMs: number, stepMs: number): RoundFigures {
  const prefix = { rows: 100, prefill: took(prefillMs), step: took(stepMs), stepTogether: null };
  const caption = { frames: 8, firstWord: took(500), whole: took(1000) };
  return {
    startMs: 1500,
    firstFrameMs: visionMs === null ? null : 1500 + visionMs,
    visionPerFrame: visionMs === null ? null : took(visionMs),
    prefixes: [prefix],
    captions: visionMs === null ? [] : [caption],
    memoryReady: memory,
    memoryEnd: memory,
  };
}

function engine(name: string, rounds: readonly RoundFigures[], absent: string | null = null): EngineReport {
  const isOurs = name.startsWith('palistream');
  return { name, isOurs, absent, firstStartMs: 9000, weightsBytes: 1e9, rounds };
}

const report: BenchReport = {
  model: 'some',
  parameters: 3e9,
  threads: 2,
  clock: 'wall',
  words: 16,
  limits: { gigaflops: 200, gigabytesPerSecond: 20 },
  engines: [
    engine('palistream int8', [round(10, 1000, 50), round(10, 2000, 50), round(30, 1000, 50)]),
    engine('other', [round(30, 1000, 100), round(20, 1000, 100), round(30, 1000, 100)]),
    engine('llama', [round(null, 500, 25), round(null, 500, 25), round(null, 500, 25)]),
    engine('lacking', [], 'not installed'),
    engine('broken', [], 'failed: no such file'),
  ],
};

function cells(table: string, label: string, which = 0): string[] | undefined {
  const isOf = (line: string) => line.startsWith(`${label}  `) || line.startsWith(`${label},`);
  const line = table.split('\n').filter(isOf)[which];
  return line?.split(/ {2,}/).slice(1);
}

it('tells the median of each engine, and says of a peer that is not there why', () => {
  const table = benchTable(report);
  expect(cells(table, 'vision')).toEqual(['10', '30', '-', 'not installed', '-']);
  expect(cells(table, 'prefill of 100')).toEqual(['100', '100', '200', 'not installed', '-']);
  expect(cells(table, 'decode at 100')).toEqual(['20', '10', '40', 'not installed', '-']);
  expect(cells(table, 'caption of 16 words')).toEqual(['1', '1', '-', 'not installed', '-']);
  expect(table).toContain('broken: failed: no such file');
});

it('compares round by round, with the spread', () => {
  const table = benchTable(report);
  expect(cells(table, 'vision', 1)).toEqual(['2.00x (1.00 to 3.00)', '-']);
  expect(cells(table, 'prefill of 100', 1)).toEqual(['1.00x (0.50 to 1.00)', '0.50x (0.25 to 0.50)']);
  expect(cells(table, 'decode at 100', 1)).toEqual(['2.00x (2.00 to 2.00)', '0.50x (0.50 to 0.50)']);
});

it("tells the processor's time when asked for", () => {
  expect(cells(benchTable({ ...report, clock: 'processor' }), 'vision')?.[0]).toBe('20');
});
