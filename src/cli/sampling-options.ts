import { type Command, Option } from 'commander';
import type { TimeRange } from '../clip/frame-span.js';
import type { SamplingPlan } from '../clip/sampling-plan.js';
import { RequestError } from '../shared/errors.js';
import { realNumber, timeInSeconds, wholeNumber } from './parse-number.js';

/** Which frames of a video are looked at, as the command line words it. */
export interface SamplingFlags {
  readonly frames?: number;
  readonly every?: number;
  readonly window?: number;
  readonly overlap?: number;
  readonly stride?: number;
  readonly scenes?: boolean;
  readonly start?: number;
  readonly end?: number;
}

const DAY_SECONDS = 24 * 3600;
/** As `checkPlan` allows. */
const SHORTEST_SECONDS = 0.01;

export function addSamplingOptions(command: Command): Command {
  const seconds = realNumber(SHORTEST_SECONDS, DAY_SECONDS, true);
  return command
    .addOption(
      new Option(
        '--frames <n>',
        'frames looked at together (default: 8 for the bundled model, else 16 or what fits; 1 of a picture)',
      ).argParser(wholeNumber(1, 256)),
    )
    .addOption(
      new Option('--every <s>', 'one frame every s seconds; with --window, a window every s').argParser(
        seconds,
      ),
    )
    .addOption(new Option('--window <s>', 'windows of s seconds, --frames of each').argParser(seconds))
    .addOption(
      new Option('--overlap <s>', 'how much two windows share, seconds').argParser(
        realNumber(0, DAY_SECONDS, true),
      ),
    )
    .addOption(
      new Option('--stride <n>', 'every nth frame of the video, --frames of them').argParser(
        wholeNumber(1, 1_000_000),
      ),
    )
    .option('--scenes', 'a clip for each scene')
    .addOption(new Option('--start <time>', 'where to begin: 90, 1:30 or 0:01:30.5').argParser(timeInSeconds))
    .addOption(new Option('--end <time>', 'where to end').argParser(timeInSeconds));
}

/** @throws RequestError for options that do not go together */
export function samplingPlan(flags: SamplingFlags, defaultFrames: number): SamplingPlan {
  const { every, window, overlap, stride, scenes = false } = flags;
  const frames = flags.frames ?? defaultFrames;
  const ways = [
    every !== undefined || window !== undefined || overlap !== undefined ? '--every/--window' : [],
    stride === undefined ? [] : '--stride',
    scenes ? '--scenes' : [],
  ].flat();
  if (ways.length > 1) throw conflict(`${ways.join(' and ')} cannot be used together`);
  if (scenes) return { kind: 'scenes', frames };
  if (stride !== undefined) return { kind: 'stride', frames, stride };
  if (window !== undefined) return windows(frames, window, every, overlap);
  if (overlap !== undefined) throw conflict('--overlap needs --window');
  if (every === undefined) return { kind: 'even', frames };
  if (flags.frames === undefined || flags.frames === 1) return { kind: 'every', seconds: every };
  return { kind: 'windows', frames, windowSeconds: every, everySeconds: every };
}

/** The part of the video that is read. */
export function timeRange({ start = 0, end }: SamplingFlags): TimeRange {
  if (end !== undefined && end <= start) throw conflict('--end must be after --start');
  return { startSeconds: start, endSeconds: end };
}

function windows(
  frames: number,
  windowSeconds: number,
  every: number | undefined,
  overlap: number | undefined,
): SamplingPlan {
  if (every !== undefined && overlap !== undefined) {
    throw conflict('--every and --overlap both say how far apart windows are');
  }
  if (overlap !== undefined && overlap >= windowSeconds)
    throw conflict('--overlap must be less than --window');
  return { kind: 'windows', frames, windowSeconds, everySeconds: every ?? windowSeconds - (overlap ?? 0) };
}

function conflict(what: string): RequestError {
  return new RequestError('option_conflict', `${what}: see --help`);
}
