import type { Measured } from './measure.js';
import type { BenchReport, RoundFigures } from './report.js';
import type { Row } from './summary.js';

const CLOCK_FIELD = { wall: 'wallMs', processor: 'processorMs' } as const;

/** The rows of a report's table, by what was measured. Starts are told by the wall's clock whatever the other. */
export function tableRows({ engines, words, clock }: BenchReport): Row[] {
  const ms = (measured: Measured | null | undefined) => measured?.[CLOCK_FIELD[clock]];
  const some = engines.flatMap(({ rounds }) => rounds);
  const rows = distinct(some.flatMap(({ prefixes }) => prefixes.map((prefix) => prefix.rows)));
  const frames = distinct(some.flatMap(({ captions }) => captions.map((caption) => caption.frames)));
  const time = (label: string, unit: string, of: Row['of']): Row => ({ label, unit, isRate: false, of });
  const rate = (label: string, of: Row['of']): Row => ({ label, unit: 'tokens/s', isRate: true, of });
  return [
    time('warm start', 's', ({ startMs }) => startMs / 1000),
    time('warm start to the first frame', 's', ({ firstFrameMs }) => inSeconds(firstFrameMs)),
    time('memory, ready', 'MB', ({ memoryReady }) => memoryReady.resident / 1e6),
    time('memory, most', 'MB', ({ memoryEnd }) => memoryEnd.peak / 1e6),
    time('vision', 'ms a frame', ({ visionPerFrame }) => ms(visionPerFrame) ?? null),
    ...rows.flatMap((count) => [
      rate(`prefill of ${count}`, (round) => perSecond(count, ms(prefix(round, count)?.prefill))),
      rate(`decode at ${count}`, (round) => perSecond(1, ms(prefix(round, count)?.step))),
      rate(`decode at ${count}, 4 at once`, (round) => perSecond(4, ms(prefix(round, count)?.stepTogether))),
    ]),
    ...frames.flatMap((count) => [
      time(`first word, ${count} frames`, 's', (round) => inSeconds(ms(caption(round, count)?.firstWord))),
      time(`caption of ${words} words, ${count} frames`, 's', (round) =>
        inSeconds(ms(caption(round, count)?.whole)),
      ),
    ]),
  ].filter(({ of }) => some.some((round) => of(round) !== null));
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function prefix({ prefixes }: RoundFigures, rows: number) {
  return prefixes.find((figures) => figures.rows === rows);
}

function caption({ captions }: RoundFigures, frames: number) {
  return captions.find((figures) => figures.frames === frames);
}

function inSeconds(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : ms / 1000;
}

function perSecond(count: number, ms: number | undefined): number | null {
  return ms === undefined ? null : (1000 * count) / ms;
}
