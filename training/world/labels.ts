import type { Canvas } from './draw.js';
import { KINDS } from './kinds.js';
import { poseAt } from './motion.js';
import type { Film } from './render.js';
import type { VisibleBox } from './visible-boxes.js';
import {
  ACTION_NAMES,
  COLOUR_NAMES,
  INTERACTION_NAMES,
  PLACE_NAMES,
  SIGN_TEXTS,
  SIGN_WORD_COUNT,
} from './vocabulary.js';

/** The kind label of the sign and the first of the places: kinds come before them. */
const SIGN_LABEL = KINDS.length;
const FIRST_PLACE_LABEL = KINDS.length + 1;

/** How many values each label takes; training sizes its auxiliary heads by these. */
export const LABEL_SIZES = {
  kind: KINDS.length + 1 + PLACE_NAMES.length,
  colour: COLOUR_NAMES.length + 1,
  word: SIGN_WORD_COUNT + 2,
  centre: 2,
  motion: 1 + ACTION_NAMES.length + 2 * INTERACTION_NAMES.length,
  tens: 11,
  units: 11,
} as const;
/** After the classes: where the thing is at the clip's first and last frame, as x, y, size and opacity in 0..255. */
const TRACK_VALUES = 8;
/** Then the box of what is seen of it in this very frame, as left, top, right and bottom in 0..255. */
const BOX_VALUES = 4;
/** Then the thing's outline within the patch: how much of each of 7 x 7 cells it covers, in 0..255. */
const SHAPE_SIDE = 7;
const CLASSES = Object.keys(LABEL_SIZES).length;
const FIRST_SHAPE_LABEL = CLASSES + TRACK_VALUES + BOX_VALUES;
/** And last its number among the actors, plus one; 0 where the place is seen. */
const THING_LABEL = FIRST_SHAPE_LABEL + SHAPE_SIDE * SHAPE_SIDE;
export const LABELS_A_PATCH = THING_LABEL + 1;

const toByte = (fraction: number): number => Math.round(255 * Math.min(1, Math.max(0, fraction)));

/** What a thing does, as the motion label: actions first, then the subject and the object of each interaction. */
function motionLabel(film: Film, index: number): number {
  const { group, motion } = film.actors[index] ?? {};
  if (group == null || motion == null) return 1;
  const { interaction } = film.scene;
  if (group.role === null || interaction === null) return 1 + ACTION_NAMES.indexOf(motion.action);
  const base = 1 + ACTION_NAMES.length + 2 * INTERACTION_NAMES.indexOf(interaction);
  return base + (group.role === 'subject' ? 0 : 1);
}

/** What a sign says: its word (all numbers are one) and, of a number, its two digits; 0 where there is none. */
function textLabels(text: string | undefined): { word: number; tens: number; units: number } {
  if (text === undefined) return { word: 0, tens: 0, units: 0 };
  const word = 1 + Math.min(SIGN_TEXTS.indexOf(text), SIGN_WORD_COUNT);
  const [tens, units] = word > SIGN_WORD_COUNT ? Array.from(text, (digit) => 1 + Number(digit)) : [];
  return { word, tens: tens ?? 0, units: units ?? 0 };
}

/** For every actor the bytes of a patch it covers: classes, track, box. */
function actorLabels(
  film: Film,
  canvas: Canvas,
  boxes: readonly (VisibleBox | null)[],
  last: number,
): number[][] {
  const { scene, actors } = film;
  return actors.map(({ group, motion }, index) => {
    const { word, tens, units } = textLabels(group === null ? scene.sign?.text : undefined);
    const kind = group === null ? SIGN_LABEL : KINDS.indexOf(group.kind);
    const colour = group === null || group.colour === null ? 0 : 1 + COLOUR_NAMES.indexOf(group.colour);
    const track = [0, last].flatMap((moment) => {
      const pose = motion === null ? scene.sign?.pose : poseAt(motion, moment);
      return pose === undefined ? [0, 0, 0, 0] : [pose.x, pose.y, pose.size, pose.opacity].map(toByte);
    });
    const box = boxes[index] ?? { left: 0, top: 0, right: 0, bottom: 0 };
    const { width, height } = canvas;
    const edges = [box.left / width, box.top / height, box.right / width, box.bottom / height].map(toByte);
    return [kind, colour, word, 0, motionLabel(film, index), tens, units, ...track, ...edges];
  });
}

/** How much of each cell of a patch an actor covers. */
function outline(
  { width, owner }: Canvas,
  wanted: number,
  patch: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  out: Uint8Array,
  offset: number,
): void {
  const share = (255 * SHAPE_SIDE * SHAPE_SIDE) / (patch.width * patch.height);
  for (let y = 0; y < patch.height; y++) {
    const line = (patch.top + y) * width + patch.left;
    const row = offset + Math.floor((y * SHAPE_SIDE) / patch.height) * SHAPE_SIDE;
    for (let x = 0; x < patch.width; x++)
      if (owner[line + x] === wanted) {
        const at = row + Math.floor((x * SHAPE_SIDE) / patch.width);
        out[at] = Math.min(255, (out[at] ?? 0) + share);
      }
  }
}

/**
 * What each patch of a rendered frame shows, in the order of LABEL_SIZES: the kind of the thing that covers most
 * of it (the place, where things cover less than a sixth), its paint, the sign's word, whether a thing's centre
 * lies in it, what the thing does over the clip (0 none), and a sign's digits; then its track, its box, its outline
 * and its number.
 * @param last the moment of the clip's last frame
 */
export function labelPatches(
  film: Film,
  u: number,
  canvas: Canvas,
  boxes: readonly (VisibleBox | null)[],
  patches: number,
  out: Uint8Array,
  offset: number,
  last = u,
): void {
  const { scene, actors } = film;
  const known = actorLabels(film, canvas, boxes, last);
  const patchWidth = canvas.width / patches;
  const patchHeight = canvas.height / patches;
  const seen = new Uint16Array(actors.length + 1);
  const total = patchWidth * patchHeight;
  for (let row = 0; row < patches; row++) {
    for (let column = 0; column < patches; column++) {
      seen.fill(0);
      for (let y = 0; y < patchHeight; y++) {
        const line = (row * patchHeight + y) * canvas.width + column * patchWidth;
        for (let x = 0; x < patchWidth; x++) {
          const owner = canvas.owner[line + x] ?? 0;
          seen[owner] = (seen[owner] ?? 0) + 1;
        }
      }
      let best = 0;
      for (let owner = 1; owner <= actors.length; owner++)
        if ((seen[owner] ?? 0) > (best === 0 ? total / 6 : (seen[best] ?? 0))) best = owner;
      const at = offset + (row * patches + column) * LABELS_A_PATCH;
      out.fill(0, at, at + LABELS_A_PATCH);
      if (best > 0) {
        out.set(known[best - 1] ?? [], at);
        out[at + THING_LABEL] = best;
        const patch = {
          left: column * patchWidth,
          top: row * patchHeight,
          width: patchWidth,
          height: patchHeight,
        };
        outline(canvas, best, patch, out, at + FIRST_SHAPE_LABEL);
      } else out[at] = FIRST_PLACE_LABEL + PLACE_NAMES.indexOf(scene.place);
    }
  }
  for (const { motion } of actors) {
    if (motion === null) continue;
    const pose = poseAt(motion, u);
    if (pose.opacity < 0.5) continue;
    const column = Math.min(patches - 1, Math.max(0, Math.floor(pose.x * patches)));
    const row = Math.min(patches - 1, Math.max(0, Math.floor(pose.y * patches)));
    out[offset + (row * patches + column) * LABELS_A_PATCH + 3] = 1;
  }
}
