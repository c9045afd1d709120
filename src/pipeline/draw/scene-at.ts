import { frameOnScreen } from '../../source/frame-on-screen.js';
import type { Box } from '../../tasks/detection.js';
import type { Drawing, DrawnLook, DrawnThing, DrawnWords } from './drawing.js';

/** What is drawn into one frame. */
export interface Scene {
  readonly things: readonly DrawnThing[];
  readonly words: string | null;
}

const EMPTY: readonly DrawnThing[] = [];
/** Times of frames come from rates, those of looks from packets: they differ in the last digits. */
const SLACK_SECONDS = 0.0005;
/** Windows that overlap more than this many times are not looked through for every frame. */
const MOST_OPEN = 100;

/**
 * What to draw at any time. Between two looks the box of a track moves evenly from one place to the next; masks, and
 * boxes of tracks that the next look does not have, stay until then. Of words whose times overlap those that began
 * last are shown.
 *
 * Two calls between which nothing changes return the same things, by identity, so that they need be drawn only once.
 */
export function sceneOf(drawing: Drawing): (atSeconds: number) => Scene {
  const times = drawing.looks.map((look) => look.seconds);
  const starts = drawing.words.map((words) => words.startSeconds);
  let shown: Scene = { things: EMPTY, words: null };
  return (atSeconds) => {
    const at = atSeconds + SLACK_SECONDS;
    const index = frameOnScreen(times, at);
    const look = drawing.looks[index];
    const isOver = look === undefined || at >= lookEnd(look, index, drawing.looks.length);
    const things = isOver ? EMPTY : thingsAt(look, drawing.looks[index + 1], atSeconds);
    const words = wordsAt(drawing.words, starts, at);
    if (things !== shown.things || words !== shown.words) shown = { things, words };
    return shown;
  };
}

/** The last look is shown to the end of the frame it was taken from, also when that has no length. */
function lookEnd(look: DrawnLook, index: number, count: number): number {
  return index === count - 1 && look.endSeconds <= look.seconds ? Infinity : look.endSeconds;
}

function thingsAt(look: DrawnLook, next: DrawnLook | undefined, atSeconds: number): readonly DrawnThing[] {
  if (next === undefined || next.seconds <= look.seconds) return look.things;
  const share = Math.min(1, Math.max(0, (atSeconds - look.seconds) / (next.seconds - look.seconds)));
  const things = look.things.map((thing) => {
    const later = next.things.find(({ track, label }) => track === thing.track && label === thing.label);
    if (thing.track === null || later === undefined || sameBox(thing.box, later.box)) return thing;
    return { ...thing, box: between(thing.box, later.box, share) };
  });
  return things.every((thing, i) => thing === look.things[i]) ? look.things : things;
}

function between(from: Box, to: Box, share: number): Box {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    yMin: mix(from.yMin, to.yMin),
    xMin: mix(from.xMin, to.xMin),
    yMax: mix(from.yMax, to.yMax),
    xMax: mix(from.xMax, to.xMax),
  };
}

function sameBox(a: Box, b: Box): boolean {
  return a.yMin === b.yMin && a.xMin === b.xMin && a.yMax === b.yMax && a.xMax === b.xMax;
}

/** The newest words that have begun and not ended; words without length (a picture's) do not end. */
function wordsAt(words: readonly DrawnWords[], starts: readonly number[], at: number): string | null {
  const newest = frameOnScreen(starts, at);
  const open = words
    .slice(Math.max(0, newest + 1 - MOST_OPEN), newest + 1)
    .findLast((one) => at < one.endSeconds || one.endSeconds <= one.startSeconds);
  return open?.text ?? null;
}
