import { type Command, Option } from 'commander';
import type { EvenPlan, EveryPlan } from '../clip/sampling-plan.js';
import { RequestError } from '../shared/errors.js';
import { realNumber, timeInSeconds, wholeNumber } from './parse-number.js';

/** Which single frames of a video are looked at. */
export interface LookFlags {
  readonly frames?: number;
  readonly every?: number;
}

const DAY_SECONDS = 24 * 3600;
/** As `checkPlan` allows. */
const SHORTEST_SECONDS = 0.01;
const DEFAULT_SECONDS = 1;

/** The options of commands that look at one frame at a time. */
export function addLookOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--every <s>', 'look at one frame every s seconds (default: 1)').argParser(
        realNumber(SHORTEST_SECONDS, DAY_SECONDS, true),
      ),
    )
    .addOption(
      new Option('--frames <n>', 'or at n frames, evenly over the whole').argParser(wholeNumber(1, 256)),
    )
    .addOption(new Option('--start <time>', 'where to begin: 90, 1:30 or 0:01:30.5').argParser(timeInSeconds))
    .addOption(new Option('--end <time>', 'where to end').argParser(timeInSeconds));
}

/** @throws RequestError for options that do not go together */
export function lookPlan({ frames, every }: LookFlags): EvenPlan | EveryPlan {
  if (frames !== undefined && every !== undefined) {
    throw new RequestError('option_conflict', '--frames and --every cannot be used together: see --help');
  }
  if (frames !== undefined) return { kind: 'even', frames };
  return { kind: 'every', seconds: every ?? DEFAULT_SECONDS };
}
