import { KINDS } from './kinds.js';
import { poseAt } from './motion.js';
import type { Canvas } from './draw.js';
import type { Film } from './render.js';
import { ACTION_NAMES, COLOUR_NAMES, PLACE_NAMES, SIGN_WORDS } from './vocabulary.js';

/** The kind label of the sign and the first of the places: kinds come before them. */
const SIGN_LABEL = KINDS.length;
const FIRST_PLACE_LABEL = KINDS.length + 1;

/** How many values each label takes; training sizes its auxiliary heads by these. */
export const LABEL_SIZES = {
  kind: KINDS.length + 1 + PLACE_NAMES.length,
  colour: COLOUR_NAMES.length + 1,
  word: SIGN_WORDS.length + 1,
  centre: 2,
  motion: ACTION_NAMES.length + 3,
} as const;
/** After the classes: where the thing is at the clip's first and last frame, as x, y, size and opacity in 0..255. */
export const TRACK_VALUES = 8;
const CLASSES = Object.keys(LABEL_SIZES).length;
export const LABELS_A_PATCH = CLASSES + TRACK_VALUES;

const toByte = (fraction: number): number => Math.round(255 * Math.min(1, Math.max(0, fraction)));

/**
 * What each patch shows, in the order of LABEL_SIZES: the kind of the thing that covers most
 * of it (the place, where things cover less than a sixth), its paint, the sign's word, whether a thing's centre
 * lies in it, and what the thing does over the clip (0 none, chaser and chased last); then TRACK_VALUES.
 */
export function labelPatches(
  film: Film,
  u: number,
  canvas: Canvas,
  patches: number,
  out: Uint8Array,
  offset: number,
  lastMoment = u,
): void {
  const { scene, actors } = film;
  const tracks = actors.map(({ motion }) => {
    const poses = [0, lastMoment].map((moment) =>
      motion === null ? (scene.sign?.pose ?? null) : poseAt(motion, moment),
    );
    return poses
      .flatMap((pose) => (pose === null ? [0, 0, 0, 0] : [pose.x, pose.y, pose.size, pose.opacity]))
      .map(toByte);
  });
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
      const actor = best === 0 ? undefined : actors[best - 1];
      out.fill(0, at, at + LABELS_A_PATCH);
      if (best > 0) out.set(tracks[best - 1] ?? [], at + CLASSES);
      if (actor === undefined) {
        out[at] = FIRST_PLACE_LABEL + PLACE_NAMES.indexOf(scene.place);
      } else if (actor.group === null || actor.motion === null) {
        out[at] = SIGN_LABEL;
        out[at + 2] = scene.sign === null ? 0 : 1 + SIGN_WORDS.indexOf(scene.sign.word);
        out[at + 4] = 1;
      } else {
        const { group, motion } = actor;
        out[at] = KINDS.indexOf(group.kind);
        out[at + 1] = group.colour === null ? 0 : 1 + COLOUR_NAMES.indexOf(group.colour);
        out[at + 4] =
          group.role === null
            ? 1 + ACTION_NAMES.indexOf(motion.action)
            : ACTION_NAMES.length + (group.role === 'chaser' ? 1 : 2);
      }
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
