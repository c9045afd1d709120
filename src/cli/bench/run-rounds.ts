import { messageOf, PalistreamError, throwIfCancelled } from '../../shared/errors.js';
import type { Contestant } from './contestant.js';
import type { EngineSettings } from './engines/bench-engine.js';
import { EngineMissing, EngineProcess } from './engine-process.js';
import type { Job, JobFigures } from './jobs.js';
import type { EngineReport, RoundFigures } from './report.js';

export interface RoundOptions {
  readonly rounds: number;
  readonly jobs: readonly Job[];
  readonly signal: AbortSignal;
  readonly onWarning: (message: string) => void;
  /** Of the engines' processes. */
  readonly environment: NodeJS.ProcessEnv;
  /** Hears what is begun. */
  readonly onStep: (step: string) => void;
}

const WARM_UP: Job = { kind: 'prefix', rows: 64, steps: 1, together: 1 };

interface Started {
  readonly contestant: Contestant;
  readonly prepared: Awaited<ReturnType<Contestant['prepare']>> | null;
  readonly absent: string | null;
  readonly firstStartMs: number | null;
  readonly rounds: RoundFigures[];
}

/**
 * Measures engines in turns, A B C, A B C: what else the machine does then meets all of them alike. One is in memory
 * at a time. Each is opened once before, so that whatever it keeps for later starts is there.
 */
export async function runRounds(
  contestants: readonly Contestant[],
  options: RoundOptions,
): Promise<EngineReport[]> {
  const all: Started[] = [];
  for (const contestant of contestants) all.push(await firstStart(contestant, options));
  for (let round = 1; round <= options.rounds; round++) {
    for (const [place, started] of all.entries()) {
      const { prepared, contestant } = started;
      if (prepared === null || started.absent !== null) continue;
      options.onStep(`${contestant.name}, round ${round} of ${options.rounds}`);
      try {
        started.rounds.push(await measureRound(prepared.settings, options));
      } catch (error) {
        throwIfCancelled(options.signal);
        all[place] = { ...started, absent: whyAbsent(error) };
      }
    }
  }
  return all.map(({ contestant: { name, isOurs }, prepared, absent, firstStartMs, rounds }) => {
    return { name, isOurs, absent, firstStartMs, weightsBytes: prepared?.weightsBytes ?? null, rounds };
  });
}

async function firstStart(contestant: Contestant, options: RoundOptions): Promise<Started> {
  throwIfCancelled(options.signal);
  options.onStep(`${contestant.name}, first start`);
  let prepared: Started['prepared'] = null;
  try {
    prepared = await contestant.prepare();
    const begun = performance.now();
    const engine = new EngineProcess(options.signal, options.onWarning, options.environment);
    try {
      await engine.ask({ kind: 'open', settings: prepared.settings });
      const firstStartMs = performance.now() - begun;
      return { contestant, prepared, absent: null, firstStartMs, rounds: [] };
    } finally {
      await engine.close();
    }
  } catch (error) {
    throwIfCancelled(options.signal);
    if (error instanceof PalistreamError) throw error; // no room to write files, and the like
    return { contestant, prepared, absent: whyAbsent(error), firstStartMs: null, rounds: [] };
  }
}

async function measureRound(
  settings: EngineSettings,
  { jobs, signal, onWarning, environment }: RoundOptions,
): Promise<RoundFigures> {
  const begun = performance.now();
  const engine = new EngineProcess(signal, onWarning, environment);
  const run = async (job: Job): Promise<JobFigures> => (await engine.ask({ kind: 'run', job })).figures;
  try {
    await engine.ask({ kind: 'open', settings });
    const startMs = performance.now() - begun;
    const first = await run({ kind: 'encode', frames: 1 });
    const hasVision = first.kind === 'encode' && first.perFrame !== null;
    const firstFrameMs = hasVision ? performance.now() - begun : null;
    const { memory: memoryReady } = await engine.ask({ kind: 'memory' });
    let visionPerFrame: RoundFigures['visionPerFrame'] = null;
    const prefixes: RoundFigures['prefixes'][number][] = [];
    const captions: RoundFigures['captions'][number][] = [];
    await run(WARM_UP); // memory is taken and files are read at the first use
    for (const job of jobs) {
      const figures = await run(job);
      if (figures.kind === 'encode') visionPerFrame = figures.perFrame;
      if (figures.kind === 'prefix' && job.kind === 'prefix')
        prefixes.push({ rows: job.rows, ...figures.prefix });
      if (figures.kind === 'caption' && job.kind === 'caption' && figures.caption !== null) {
        captions.push({ frames: job.frames, ...figures.caption });
      }
    }
    const { memory: memoryEnd } = await engine.ask({ kind: 'memory' });
    return { startMs, firstFrameMs, visionPerFrame, prefixes, captions, memoryReady, memoryEnd };
  } finally {
    await engine.close();
  }
}

function whyAbsent(error: unknown): string {
  return error instanceof EngineMissing ? 'not installed' : `failed: ${messageOf(error)}`;
}
