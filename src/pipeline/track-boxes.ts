import munkres from 'munkres';
import type { Box } from '../tasks/detection.js';
import { boxOverlap } from './box-overlap.js';

/** A box that is to get the id of the thing it shows. */
export interface LabelledBox {
  readonly label: string;
  readonly box: Box;
}

export interface TrackOptions {
  /**
   * Boxes that agree less than this are different things. Below 0, since a thing may have left its old place between
   * two looks: -0.3 lets one of constant size move by 1.8 times its length.
   */
  readonly minOverlap: number;
  /** A thing that was not found in so many looks in a row is gone; one that comes later is a new one. */
  readonly maxMissedLooks: number;
}

const DEFAULTS: TrackOptions = { minOverlap: -0.3, maxMissedLooks: 2 };

/** So much of a look more, since looks are not quite regular. */
const SPARE_LOOKS = 0.5;

/** More than any pair of possible matches can cost, so that as many as possible are matched. */
const IMPOSSIBLE = 1e6;

interface Track {
  readonly id: number;
  readonly label: string;
  box: Box;
  seconds: number;
  /** How the middle moves, fractions of the picture a second; measured over so many seconds. */
  velocity: { readonly y: number; readonly x: number; readonly overSeconds: number };
  missed: number;
}

/**
 * Gives the boxes of one thing the same id from look to look. The same looks give the same ids.
 *
 * At each look every known thing is expected where its last two places lead, and the boxes of its label are matched
 * to those places so that the total overlap is greatest (Hungarian assignment): things of a label that pass one
 * another keep their ids. After a pause much longer than the time between those two places, it is expected where it
 * was, too. Holds only the things of the last looks.
 */
export class BoxTracker {
  readonly #options: TrackOptions;
  #tracks: Track[] = [];
  #lastId = 0;

  constructor(options: Partial<TrackOptions> = {}) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /**
   * Takes the boxes of the next look.
   * @param seconds later than the look before
   * @returns an id for each box, from 1, in the order of the boxes
   */
  update(seconds: number, boxes: readonly LabelledBox[]): number[] {
    const ids = new Map<number, number>(); // place among the boxes -> id
    for (const track of this.#tracks) track.missed++;
    for (const label of new Set(boxes.map((box) => box.label))) {
      const places = [...boxes.keys()].filter((place) => boxes[place]?.label === label);
      const known = this.#tracks.filter((track) => track.label === label);
      for (const { track, place, box } of this.#match(known, places, boxes, seconds)) {
        ids.set(place, track.id);
        follow(track, box, seconds);
      }
    }
    this.#tracks = this.#tracks.filter((track) => track.missed <= this.#options.maxMissedLooks);
    return boxes.map(({ label, box }, place) => ids.get(place) ?? this.#begin(label, box, seconds));
  }

  #match(
    tracks: readonly Track[],
    places: readonly number[],
    boxes: readonly LabelledBox[],
    seconds: number,
  ): { track: Track; place: number; box: Box }[] {
    if (tracks.length === 0 || places.length === 0) return [];
    const costs = tracks.map((track) => {
      const expected = expectedBoxes(track, seconds, this.#options.maxMissedLooks + 1 + SPARE_LOOKS);
      return places.map((place) => {
        const box = boxes[place]?.box;
        const overlap = box === undefined ? -1 : Math.max(...expected.map((one) => boxOverlap(one, box)));
        return overlap < this.#options.minOverlap ? IMPOSSIBLE : 1 - overlap;
      });
    });
    return munkres(costs).flatMap(([row, column]) => {
      const track = tracks[row];
      const place = places[column];
      const box = place === undefined ? undefined : boxes[place]?.box;
      if ((costs[row]?.[column] ?? IMPOSSIBLE) === IMPOSSIBLE) return [];
      return track === undefined || place === undefined || box === undefined ? [] : [{ track, place, box }];
    });
  }

  #begin(label: string, box: Box, seconds: number): number {
    const id = ++this.#lastId;
    this.#tracks.push({ id, label, box, seconds, velocity: { y: 0, x: 0, overSeconds: 0 }, missed: 0 });
    return id;
  }
}

/**
 * Where a thing should be by now when it goes on as it did for as many looks as it may be missed, as regular as the
 * last two; after longer it has gone no further, or has not gone at all.
 */
function expectedBoxes({ box, seconds, velocity }: Track, now: number, looks: number): Box[] {
  const elapsed = now - seconds;
  const known = looks * velocity.overSeconds;
  const dy = velocity.y * Math.min(elapsed, known);
  const dx = velocity.x * Math.min(elapsed, known);
  const ahead = { yMin: box.yMin + dy, xMin: box.xMin + dx, yMax: box.yMax + dy, xMax: box.xMax + dx };
  return elapsed > known ? [ahead, box] : [ahead];
}

function follow(track: Track, box: Box, seconds: number): void {
  const elapsed = seconds - track.seconds;
  if (elapsed > 0) {
    track.velocity = {
      y: (box.yMin + box.yMax - track.box.yMin - track.box.yMax) / 2 / elapsed,
      x: (box.xMin + box.xMax - track.box.xMin - track.box.xMax) / 2 / elapsed,
      overSeconds: elapsed,
    };
  }
  track.box = box;
  track.seconds = seconds;
  track.missed = 0;
}
