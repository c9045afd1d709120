/**
 * Writes endless training items to standard output, for `train.py` to read:
 * `tsx stream.ts --mode pictures|clips --seed N --step S --size 96 --patches 6 --tasks 3 --frames 8`.
 *
 * One item is a little-endian header (uint32 length of the JSON text, uint16 frames), the JSON text
 * (`[{type, prompt, answer}]`), the frames as RGB bytes, and the patch labels of every frame.
 * Seeds run N, N+S, N+2S, ... so that several writers never give the same scene.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { captionTask, questions, type Task } from './ask.js';
import { composeClip } from './compose-clip.js';
import { composePicture } from './compose-picture.js';
import { LABELS_A_PATCH, labelPatches } from './labels.js';
import { Random } from './random.js';
import { newCanvas, render, Studio } from './render.js';
import type { Scene } from './scene.js';

const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'clips' },
    seed: { type: 'string', default: '1000000' },
    step: { type: 'string', default: '1' },
    size: { type: 'string', default: '96' },
    patches: { type: 'string', default: '6' },
    tasks: { type: 'string', default: '2' },
    frames: { type: 'string', default: '8' },
    captions: { type: 'string', default: '0.6' },
  },
});
const size = Number(values.size);
const patches = Number(values.patches);
const studio = new Studio(size);
const canvas = newCanvas(size, size);
const captions = Number(values.captions);

/** The caption with the chance asked for, then questions of different types: rare types come as often as frequent ones. */
function choose(scene: Scene, random: Random, count: number): Task[] {
  const all = questions(scene, random);
  const types = random.some([...new Set(all.map((task) => task.type))], count);
  const chosen = types.map((type) => random.pick(all.filter((task) => task.type === type)));
  if (random.chance(captions) || chosen.length === 0) chosen.unshift(captionTask(scene));
  while (chosen.length < count) chosen.push(random.chance(0.5) ? captionTask(scene) : random.pick(all));
  return random.some(chosen.slice(0, count), count);
}

async function item(seed: number): Promise<Buffer> {
  const moving = values.mode === 'clips';
  const scene = moving ? composeClip(seed) : composePicture(seed);
  const random = new Random(seed ^ 0x51ed270b);
  const film = await studio.film(scene);
  const frames = moving ? Number(values.frames) : 1;
  const text = Buffer.from(JSON.stringify(choose(scene, random, Number(values.tasks))));
  const pixelBytes = size * size * 3;
  const labelBytes = patches * patches * LABELS_A_PATCH;
  const out = Buffer.alloc(6 + text.length + frames * (pixelBytes + labelBytes));
  out.writeUInt32LE(text.length, 0);
  out.writeUInt16LE(frames, 4);
  text.copy(out, 6);
  const labelsAt = 6 + text.length + frames * pixelBytes;
  for (let f = 0; f < frames; f++) {
    render(film, f / frames, canvas);
    out.set(canvas.rgb, 6 + text.length + f * pixelBytes);
    labelPatches(film, f / frames, canvas, patches, out, labelsAt + f * labelBytes, (frames - 1) / frames);
  }
  return out;
}

process.stdout.on('error', () => process.exit(0)); // the reader has gone
for (let seed = Number(values.seed); ; seed += Number(values.step))
  if (!process.stdout.write(await item(seed))) await once(process.stdout, 'drain');
