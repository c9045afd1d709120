/**
 * Writes what a model says when it is asked for masks, for `masks.py --said` to learn from:
 * `npx tsx training/said-masks.ts OUT [--model models/nano] [--seed 3000000000] [--pictures 10000]`.
 *
 * One record is 1600 bytes: the 16 codes, the box that was said as four float32 (left, top, right, bottom of 1), and the
 * true mask of the whole picture, 112 x 112 bits row by row, the lowest bit first. Boxes that lie on nothing that was
 * asked for are left out. Seeds must be ones of training.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boxIou } from '../src/evaluate/boxes/box-iou.js';
import { openModelProcess } from '../src/model/model-process.js';
import { PIXEL_AXES, tensor } from '../src/shared/tensor.js';
import type { Box } from '../src/tasks/detection.js';
import { parseDetections } from '../src/tasks/parse-detections.js';
import { composePicture } from './world/compose-picture.js';
import { locationTasks } from './world/locate.js';
import { Random } from './world/random.js';
import { newCanvas, render, Studio } from './world/render.js';
import { visibleBoxes, type VisibleBox } from './world/visible-boxes.js';

const SIZE = 112;
const CODES = 16;
const BOX_BYTES = 16;
/** Less than this in common, and another thing is meant. */
const LEAST_OVERLAP = 0.4;
const AT_ONCE = 8;
const OPTIONS = { sampling: { kind: 'greedy' }, maxNewTokens: 96, topLogprobs: 0 } as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', default: 'models/nano' },
    seed: { type: 'string', default: '3000000000' },
    pictures: { type: 'string', default: '10000' },
  },
});
const [out = 'training/runs/masks/said.bin'] = positionals;
const cacheDirectory = await mkdtemp(join(tmpdir(), 'said-masks-'));
const model = await openModelProcess({
  directory: values.model,
  cacheDirectory,
  threads: 1,
  precision: 'f32',
  imageTokenCacheBytes: 0,
});
const file = createWriteStream(out);
const studio = new Studio(SIZE);

/** The records of one picture. */
async function ask(seed: number): Promise<Buffer[]> {
  const film = await studio.film(composePicture(seed));
  const canvas = newCanvas(SIZE, SIZE);
  render(film, 0, canvas);
  const boxes = visibleBoxes(canvas, film.actors.length);
  const random = new Random(seed ^ 0x1234567);
  const tasks = locationTasks(film, canvas, boxes, random, 0).filter(({ type }) => type === 'segment');
  if (tasks.length === 0) return [];
  const { prompt, things = [] } = random.pick(tasks);
  const pixels = tensor(PIXEL_AXES, [SIZE, SIZE, 3], canvas.rgb);
  const request = { frames: [{ key: String(seed), pixels }], prompt, options: OPTIONS };
  const records: Buffer[] = [];
  for await (const event of model.generate(request)) {
    if (event.kind !== 'done') continue;
    for (const { box, codes } of parseDetections(event.generation.text, 1023).found) {
      const [best] = things
        .map(({ actor }) => ({ actor, overlap: overlapOf(box, boxes[actor]) }))
        .sort((a, b) => b.overlap - a.overlap);
      if (codes === null || best === undefined || best.overlap < LEAST_OVERLAP) continue;
      const record = Buffer.alloc(CODES + BOX_BYTES + (SIZE * SIZE) / 8);
      record.set(codes, 0);
      [box.xMin, box.yMin, box.xMax, box.yMax].forEach((side, i) => record.writeFloatLE(side, CODES + 4 * i));
      canvas.owner.forEach((owner, i) => {
        const byte = CODES + BOX_BYTES + (i >> 3);
        if (owner === best.actor + 1) record.writeUInt8(record.readUInt8(byte) | (1 << (i & 7)), byte);
      });
      records.push(record);
    }
  }
  return records;
}

function overlapOf({ xMin, yMin, xMax, yMax }: Box, thing: VisibleBox | null | undefined): number {
  if (thing == null) return 0;
  const { left, top, right, bottom } = thing;
  const said = { left: xMin * SIZE, top: yMin * SIZE, right: xMax * SIZE, bottom: yMax * SIZE };
  return boxIou(said, { left, top, right, bottom });
}

try {
  const [first, count] = [Number(values.seed), Number(values.pictures)];
  for (let next = first; next < first + count; next += AT_ONCE) {
    const asked = Array.from({ length: AT_ONCE }, (_, i) => ask(next + i));
    for (const records of await Promise.all(asked)) for (const record of records) file.write(record);
  }
} finally {
  file.end();
  await model.close();
  await rm(cacheDirectory, { recursive: true, force: true });
}
