import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MASK_DECODER_SHAPES } from '../../../src/graph/mask-decoder-shapes.js';
import { openEngine } from '../../../src/model/engine.js';
import { CancelledError } from '../../../src/shared/errors.js';
import { npz } from '../../fixtures/checkpoint/npz.js';
import { goldenMaskDecoder } from '../../parity/model/golden-mask-decoder.js';
import { tinyFolder } from '../../parity/model/tiny-checkpoint.js';

const CODES = Array.from({ length: 16 }, (_, i) => i);

async function open(decoder?: Buffer, fileName = 'decoder.npz') {
  const folder = await mkdtemp(join(tmpdir(), 'engine-masks-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const maskDecoder = join(folder, fileName);
  if (decoder !== undefined) await writeFile(maskDecoder, decoder);
  const engine = await openEngine({
    directory: tinyFolder('paligemma1-tiny-f32'),
    cacheDirectory: folder,
    threads: 1,
    precision: 'f32',
    imageTokenCacheBytes: 0,
    onWarning: () => undefined,
    ...(decoder === undefined ? {} : { maskDecoder }),
  });
  onTestFinished(() => engine.close());
  return { engine, maskDecoder };
}

function archive(): Buffer {
  return npz(
    [...goldenMaskDecoder()].map(([name, data]) => ({
      name,
      shape: MASK_DECODER_SHAPES.get(name) ?? [],
      data,
    })),
  );
}

it('decodes masks with the file that was named, until it is closed', async () => {
  const { engine, maskDecoder } = await open(archive());
  expect(engine.info.maskDecoder).toBe(maskDecoder);
  const masks = await engine.decodeMasks([CODES, CODES]);
  expect(masks.dims).toEqual([2, 64, 64]);
  expect(masks.data.slice(0, 4096)).toEqual(masks.data.slice(4096));

  await expect(engine.decodeMasks([CODES], AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
  await engine.close();
  await expect(engine.decodeMasks([CODES])).rejects.toMatchObject({ code: 'model_closed' });
});

it('opens with a damaged decoder, and says so when masks are asked for', async () => {
  const { engine, maskDecoder } = await open(archive().subarray(0, 10_000));
  await expect(engine.decodeMasks([CODES])).rejects.toMatchObject({
    code: 'npz_archive',
    message: expect.stringContaining(maskDecoder) as string,
  });
  await writeFile(maskDecoder, archive());
  expect((await engine.decodeMasks([CODES])).dims).toEqual([1, 64, 64]);
});

it('says what is missing when a checkpoint has no decoder', async () => {
  const { engine } = await open();
  expect(engine.info.maskDecoder).toBeNull();
  await expect(engine.decodeMasks([CODES])).rejects.toMatchObject({
    code: 'no_mask_decoder',
    message: /mask-decoder\.npz/,
  });
});
