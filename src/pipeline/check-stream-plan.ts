import { checkOptions } from '../language/check-options.js';
import { RequestError, messageOf } from '../shared/errors.js';
import { promptFor } from '../tasks/prompt-for.js';
import { isScheduled } from './is-scheduled.js';
import type { StreamPlan } from './stream-plan.js';

/** As for files: PaliGemma was trained on up to 16; beyond this no prompt fits. */
const MAX_FRAMES = 256;
/** Below, every frame of a fast camera is a window of its own; above, nobody watches a camera. */
const MIN_SECONDS = 0.05;
const MAX_SECONDS = 24 * 3600;
/** Frames that all open windows of a plan hold together: 38 MB at 224 pixels. */
const MAX_HELD_FRAMES = 256;
/** Each costs the model a run a window. */
const MAX_TASKS = 16;
const MAX_PROMPT_LETTERS = 2000;
const MAX_SLOTS = 64;

/**
 * Checks a plan that came from a user.
 * @throws RequestError `bad_stream_plan`, or those of a task and its options
 */
export function checkStreamPlan(plan: StreamPlan): void {
  const { framesPerWindow, windowSeconds, overlapSeconds, tasks, motionGate, schedule } = plan;
  if (!Number.isInteger(framesPerWindow)) throw bad('framesPerWindow', framesPerWindow, 'a whole number');
  between('framesPerWindow', framesPerWindow, 1, MAX_FRAMES);
  between('windowSeconds', windowSeconds, MIN_SECONDS, MAX_SECONDS);
  between('overlapSeconds', overlapSeconds, 0, windowSeconds - MIN_SECONDS / 2);
  const open = Math.ceil(windowSeconds / (windowSeconds - overlapSeconds));
  if (open * framesPerWindow > MAX_HELD_FRAMES) {
    throw bad(
      'overlapSeconds',
      overlapSeconds,
      `less, so that open windows hold at most ${MAX_HELD_FRAMES} frames`,
    );
  }
  between('the number of tasks', tasks.length, 0, MAX_TASKS);
  for (const task of tasks) between('the length of a prompt', promptFor(task).length, 1, MAX_PROMPT_LETTERS);
  checkOptions(plan.options);
  if (motionGate !== null) {
    between('threshold of the motion gate', motionGate.threshold, 0, 1);
    const { atLeastEverySeconds: every } = motionGate;
    if (every !== null) between('atLeastEverySeconds of the motion gate', every, 0, MAX_SECONDS);
  }
  if (schedule === null) return;
  between('the number of slots of the schedule', schedule.slots.length, 1, MAX_SLOTS);
  for (const slot of schedule.slots) {
    for (const time of [slot.from, slot.until]) {
      if (!/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time))
        throw bad('a time of the schedule', time, 'HH:MM');
    }
    for (const day of slot.days) {
      if (!Number.isInteger(day)) throw bad('a day of the schedule', day, '0 (Sunday) to 6');
      between('a day of the schedule', day, 0, 6);
    }
  }
  try {
    isScheduled(schedule, 0);
  } catch (error) {
    throw bad(
      'timeZone of the schedule',
      schedule.timeZone,
      `a name such as Europe/Berlin (${messageOf(error)})`,
    );
  }
}

function between(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw bad(name, value, `from ${min} to ${max}`);
}

function bad(name: string, value: number | string, allowed: string): RequestError {
  return new RequestError('bad_stream_plan', `${name} is ${JSON.stringify(value)}: give ${allowed}`);
}
