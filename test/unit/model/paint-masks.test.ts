import { expect, it } from 'vitest';
import type { Model } from '../../../src/model/model.js';
import { paintMasks } from '../../../src/model/paint-masks.js';
import { BugError, CancelledError, RequestError } from '../../../src/shared/errors.js';
import { tensor } from '../../../src/shared/tensor.js';
import { MASK_AXES } from '../../../src/tasks/decoded-masks.js';
import type { Detection } from '../../../src/tasks/detection.js';

const SIZE = { width: 20, height: 10 };
const codes = (code: number) => Array<number>(16).fill(code);
const LEFT: Detection = { label: 'left', box: { yMin: 0, xMin: 0, yMax: 1, xMax: 0.5 }, codes: codes(1) };
const RIGHT: Detection = { label: 'right', box: { yMin: 0.5, xMin: 0.5, yMax: 1, xMax: 1 }, codes: codes(2) };

/** Masks of code 1 are all inside, others have only their upper half. */
function model(decodeMasks?: Model['decodeMasks']): Model {
  const decode = (all: readonly (readonly number[])[]) => {
    const data = new Float32Array(all.length * 4096);
    all.forEach(([code], i) => {
      data.fill(-1, i * 4096, (i + 1) * 4096);
      data.fill(1, i * 4096, i * 4096 + (code === 1 ? 4096 : 2048));
    });
    return Promise.resolve(tensor(MASK_AXES, [all.length, 64, 64], data));
  };
  return { decodeMasks: decodeMasks ?? decode } as unknown as Model;
}

const count = (data: Uint8Array | undefined) => data?.reduce((sum, value) => sum + value, 0);

it('gives each detection the mask of its own codes, in its own box', async () => {
  const boxOnly = { ...LEFT, label: 'box', codes: null };
  const { masks, problems } = await paintMasks(model(), [boxOnly, RIGHT, LEFT], SIZE, 1023);
  const [none, right, left] = masks;
  expect(none).toBeNull();
  expect(left).toMatchObject(SIZE);
  expect(count(left?.data)).toBe(100);
  expect(left?.data.slice(0, 20).join('')).toBe('11111111110000000000');
  expect(count(right?.data.subarray(0, 5 * 20))).toBe(0);
  expect(right?.data.slice(5 * 20, 6 * 20).join('')).toBe('00000000001111111111');
  expect(count(right?.data.subarray(8 * 20))).toBe(0);
  expect(problems).toEqual([{ reason: 'it has no mask: only the box is given', text: 'box' }]);
});

it('gives boxes alone, with the reason, when the model decodes no masks', async () => {
  const refuse = () => Promise.reject(new RequestError('no_mask_decoder', 'put one there'));
  expect(await paintMasks(model(refuse), [LEFT, RIGHT], SIZE, 1023)).toEqual({
    masks: [null, null],
    problems: [{ reason: 'put one there', text: '' }],
  });
});

it('asks for nothing when there is nothing to decode, also of boxes without a pixel', async () => {
  const never = () => expect.unreachable('it was asked');
  const thin = { ...LEFT, box: { yMin: 0.51, xMin: 0, yMax: 0.55, xMax: 1 } };
  expect(await paintMasks(model(never), [thin], SIZE, 1023)).toEqual({
    masks: [null],
    problems: [{ reason: 'its box holds not one pixel: only the box is given', text: 'left' }],
  });
  expect(await paintMasks(model(never), [], SIZE, 1023)).toEqual({ masks: [], problems: [] });
});

it('lets others have their turn between masks, and ends when it is cancelled', async () => {
  const many = Array<Detection>(10).fill(LEFT);
  let turns = 0;
  const count = setInterval(() => turns++, 0);
  try {
    await paintMasks(model(), many, { width: 800, height: 800 }, 1023);
  } finally {
    clearInterval(count);
  }
  expect(turns).toBeGreaterThan(4);

  const leaving = new AbortController();
  const painting = paintMasks(model(), many, { width: 800, height: 800 }, 1023, leaving.signal);
  setImmediate(() => {
    leaving.abort();
  });
  await expect(painting).rejects.toBeInstanceOf(CancelledError);
});

it('passes on what else goes wrong', async () => {
  const broken = () => Promise.reject(new BugError('runtime_failed', 'broken'));
  await expect(paintMasks(model(broken), [LEFT], SIZE, 1023)).rejects.toMatchObject({
    code: 'runtime_failed',
  });
});
