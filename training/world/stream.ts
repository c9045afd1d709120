/**
 * Writes endless training items to standard output, for `train.py` to read:
 * `tsx stream.ts --mode pictures|clips|pairs --seed N --step S --size 112 --patches 8 --tasks 8 --frames 8`.
 *
 * One item is a little-endian header (uint32 length of the JSON text, uint16 frames, uint16 masks), the JSON text
 * (`[{type, prompt, answer, sought}]`), the frames as RGB bytes, the patch labels of every frame, and of a picture the mask
 * of every actor, 64 x 64 bytes each, which `<mask:N>` in an answer stands for.
 * Seeds run N, N+S, N+2S, ... so that several writers never give the same scene.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { chooseTasks } from './choose-tasks.js';
import { composeClip } from './compose-clip.js';
import { composePicture } from './compose-picture.js';
import { cropMask, MASK_SIDE } from './crop-mask.js';
import { LABELS_A_PATCH, labelPatches } from './labels.js';
import { Random } from './random.js';
import { newCanvas, render, Studio } from './render.js';
import type { Scene } from './scene.js';
import { soughtActors } from './sought.js';
import { statement } from './statement.js';
import type { Task } from './task.js';
import { visibleBoxes } from './visible-boxes.js';

const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'clips' },
    seed: { type: 'string', default: '1000000' },
    step: { type: 'string', default: '1' },
    size: { type: 'string', default: '112' },
    patches: { type: 'string', default: '8' },
    tasks: { type: 'string', default: '8' },
    frames: { type: 'string', default: '8' },
    signs: { type: 'string', default: '0.35' },
    crowds: { type: 'string', default: '0' },
  },
});
const { mode } = values;
const size = Number(values.size);
const patches = Number(values.patches);
const count = Number(values.tasks);
const shares = { signs: Number(values.signs), crowds: Number(values.crowds) };
const studio = new Studio(size);
const canvas = newCanvas(size, size);

/** Frames, labels, tasks and masks of one item, gathered until they are written. */
class Item {
  readonly pixels: Uint8Array[] = [];
  readonly labels: Uint8Array[] = [];
  readonly masks: Uint8Array[] = [];
  tasks: (Task & { readonly sought?: readonly number[] | null })[] = [];

  /** Draws a moment of a scene; returns what a picture's tasks are made of. */
  async shoot(scene: Scene, moments: readonly number[], random: Random, tasks: number): Promise<void> {
    const film = await studio.film(scene);
    const last = moments[moments.length - 1] ?? 0;
    for (const [index, u] of moments.entries()) {
      render(film, u, canvas);
      const boxes = visibleBoxes(canvas, film.actors.length);
      const labels = new Uint8Array(patches * patches * LABELS_A_PATCH);
      labelPatches(film, u, canvas, boxes, patches, labels, 0, last);
      this.pixels.push(canvas.rgb.slice());
      this.labels.push(labels);
      if (index > 0 || tasks === 0) continue;
      const isPicture = moments.length === 1;
      this.tasks = chooseTasks(film, random, tasks, isPicture ? { canvas, boxes } : null).map((task) => ({
        ...byActor(task),
        sought: soughtActors(film, task),
      }));
      if (!isPicture) continue;
      for (const actor of film.actors.keys())
        this.masks.push(cropMask(canvas, actor + 1)?.mask ?? new Uint8Array(MASK_SIDE ** 2));
    }
  }

  toBuffer(): Buffer {
    const text = Buffer.from(
      JSON.stringify(
        this.tasks.map(({ type, prompt, answer, sought }) => ({ type, prompt, answer, sought })),
      ),
    );
    const header = Buffer.alloc(8);
    header.writeUInt32LE(text.length, 0);
    header.writeUInt16LE(this.pixels.length, 4);
    header.writeUInt16LE(this.masks.length, 6);
    return Buffer.concat([header, text, ...this.pixels, ...this.labels, ...this.masks]);
  }
}

/** Names the masks of an answer by their actors. */
function byActor(task: Task): Task {
  const { masks = [] } = task;
  return {
    ...task,
    answer: task.answer.replace(/<mask:(\d+)>/g, (_, index: string) => `<mask:${masks[Number(index)] ?? 0}>`),
  };
}

async function item(seed: number): Promise<Buffer> {
  const random = new Random(seed ^ 0x51ed270b);
  const made = new Item();
  if (mode === 'clips') {
    const frames = Number(values.frames);
    await made.shoot(
      composeClip(seed),
      Array.from({ length: frames }, (_, f) => f / frames),
      random,
      count,
    );
  } else if (mode === 'pairs') {
    const pair = [composePicture(2 * seed, shares), composePicture(2 * seed + 1, shares)] as const;
    for (const scene of pair) await made.shoot(scene, [0], random, 0);
    made.tasks = Array.from({ length: count }, () => statement(...pair, random));
  } else {
    await made.shoot(composePicture(seed, shares), [0], random, count);
  }
  return made.toBuffer();
}

process.stdout.on('error', () => process.exit(0)); // the reader has gone
for (let seed = Number(values.seed); ; seed += Number(values.step))
  if (!process.stdout.write(await item(seed))) await once(process.stdout, 'drain');
