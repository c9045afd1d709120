import { encodeBox } from '../../src/tasks/encode-box.js';
import type { Canvas } from './draw.js';
import { KINDS } from './kinds.js';
import type { Random } from './random.js';
import type { Film } from './render.js';
import type { Task } from './task.js';
import { noun } from './tongues/english.js';
import type { VisibleBox } from './visible-boxes.js';

/** Less of a thing than this, in pixels each way at the model's size, is not asked for. */
const SMALLEST_SIDE = 5;

/** Something a detection can name, with what is seen of it. */
export interface Seen {
  readonly actor: number;
  readonly name: string;
  readonly painted: string | null;
  readonly box: VisibleBox;
}

/** What is seen well enough to be found, from left to right. */
export function seenThings(film: Film, boxes: readonly (VisibleBox | null)[]): Seen[] {
  const things: Seen[] = [];
  for (const [actor, box] of boxes.entries()) {
    if (box === null || box.right - box.left < SMALLEST_SIDE || box.bottom - box.top < SMALLEST_SIDE)
      continue;
    const group = film.actors[actor]?.group ?? null;
    const party = group === null ? null : { kind: group.kind, colour: group.colour, count: 1 };
    things.push({
      actor,
      box,
      name: party === null ? 'sign' : party.kind.name,
      painted: party === null || party.colour === null ? null : noun(party),
    });
  }
  return things.sort((a, b) => a.box.left - b.box.left || a.box.top - b.box.top);
}

/** The box as four location tokens. */
export function locations({ width, height }: Canvas, box: VisibleBox): string {
  return encodeBox({
    yMin: box.top / height,
    xMin: box.left / width,
    yMax: box.bottom / height,
    xMax: box.right / width,
  });
}

/** Everything of these names, name after name, each from left to right. */
function named(things: readonly Seen[], names: readonly string[]): { thing: Seen; name: string }[] {
  return names.flatMap((name) =>
    things.filter((thing) => thing.name === name || thing.painted === name).map((thing) => ({ thing, name })),
  );
}

/**
 * `detect`, `segment` and referring expressions about one rendered picture.
 * @param absence - how often something is asked for that is not there
 */
export function locationTasks(
  film: Film,
  canvas: Canvas,
  boxes: readonly (VisibleBox | null)[],
  random: Random,
  absence = 0.2,
): Task[] {
  const things = seenThings(film, boxes);
  // One name a kind: that of all of them, or sometimes of those in one paint.
  const names = [...new Set(things.map((thing) => thing.name))].map((name) => {
    const painted = random.pick(things.filter((thing) => thing.name === name)).painted;
    return painted !== null && random.chance(0.3) ? painted : name;
  });
  const absent = random.pick(KINDS).name;
  const tasks: Task[] = [];
  const at = (thing: Seen): string => locations(canvas, thing.box);
  const detect = (wanted: readonly string[]): void => {
    const found = named(things, wanted);
    tasks.push({
      type: 'detect',
      prompt: `detect ${wanted.join(' ; ')}`,
      answer: found.map(({ thing, name }) => `${at(thing)} ${name}`).join(' ; '),
      things: found.map(({ thing, name }) => ({ actor: thing.actor, label: name })),
    });
  };
  for (const name of names) detect([name]);
  if (names.length > 1) detect(random.some(names, random.whole(2, Math.min(3, names.length))));
  if (random.chance(absence) && things.every((thing) => thing.name !== absent))
    detect(random.chance(0.5) ? [absent] : random.some([absent, ...names.slice(0, 1)], 2));
  for (const name of names) {
    const found = named(things, [name]);
    if (found.length > 2) continue;
    tasks.push({
      type: 'segment',
      prompt: `segment ${name}`,
      answer: found.map(({ thing }, index) => `${at(thing)}<mask:${index}> ${name}`).join(' ; '),
      masks: found.map(({ thing }) => thing.actor),
      things: found.map(({ thing }) => ({ actor: thing.actor, label: name })),
    });
  }
  for (const thing of things) {
    const alike = things.filter((other) => other.name === thing.name);
    const side =
      alike.length < 2
        ? null
        : thing === alike[0]
          ? 'left'
          : thing === alike[alike.length - 1]
            ? 'right'
            : null;
    if (side === null && alike.length > 1) continue;
    const expression =
      side === null ? `the ${thing.painted ?? thing.name}` : `the ${thing.name} on the ${side}`;
    tasks.push({ type: 'refer', prompt: expression, answer: `${at(thing)}<mask:0>`, masks: [thing.actor] });
  }
  return tasks;
}
