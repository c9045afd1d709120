import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Checkpoint } from '../../../src/checkpoint/checkpoint.js';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { decoderGraph } from '../../../src/graph/decoder-graph.js';
import type { Precision } from '../../../src/graph/precision.js';
import { rowsAtOnce, rowsOfLayer } from '../../../src/graph/row-chunks.js';
import { Decoder } from '../../../src/language/decoder.js';
import { towerSessions } from '../../../src/model/tower-sessions.js';
import { bytesMayOverflow, processorFlags } from '../../../src/runtime/processor-flags.js';
import { IMAGE_TOKEN_AXES, tensor } from '../../../src/shared/tensor.js';
import { goldenNumbers } from '../../parity/model/golden-number.js';
import { TINY_CHECKPOINTS, tinyFolder } from '../../parity/model/tiny-checkpoint.js';

const [FRAMES, PATCHES] = [3, 4];
const PROMPT = [2, 40, 41, 42, 9]; // 17 rows with the frames'
/** Chunks that are not all full, two halves, and all rows in one. */
const MOST_ROWS = [4, 5, 16, 17];
/** In integers a number on the edge may fall to either side, which a sum over other rows may cause. */
const TOLERANCE: Readonly<Record<Precision, number>> = { f32: 1e-5, int8: 1e-3, int4: 1e-3 };

/** Where bytes may overflow, layers of int8 are never cut: see `rowsOfLayer`. */
const MAY_OVERFLOW = bytesMayOverflow(process.arch, await processorFlags());
const PRECISIONS = (['f32', 'int8', 'int4'] as const).filter((one) => one !== 'int8' || !MAY_OVERFLOW);

async function openDecoder(checkpoint: Checkpoint, precision: Precision, mostRows: number | null) {
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'chunks-'));
  const onWarning = (message: string) => expect.unreachable(message);
  const sessions = await towerSessions(checkpoint, precision, {
    cacheDirectory,
    threads: 1,
    provider: 'cpu',
    onWarning,
  });
  const { model, ports } = await decoderGraph(checkpoint.config, sessions.weights, mostRows);
  const session = await sessions.open('the decoder', model);
  onTestFinished(async () => {
    await session.dispose();
    await sessions.dispose();
    await rm(cacheDirectory, { recursive: true, force: true });
  });
  const { layers, keyValueHeads, headDim, hiddenSize: width, ropeTheta } = checkpoint.config.text;
  return new Decoder(session, { layers, keyValueHeads, headDim, width, ropeTheta }, ports);
}

/** The logits of a prefix, of a word behind it, and of two texts that go on together. */
async function opinions(decoder: Decoder, width: number): Promise<Float32Array[]> {
  const images = goldenNumbers('images', FRAMES * PATCHES * width, 2);
  const sequence = await decoder.prefill(
    tensor(IMAGE_TOKEN_AXES, [FRAMES, PATCHES, width], images),
    PROMPT,
    2,
  );
  const ofPrefix = sequence.logits;
  await sequence.append(40);
  const ofWord = sequence.logits;
  const other = sequence.fork();
  await Promise.all([sequence.append(41), other.append(42)]);
  return [ofPrefix, ofWord, sequence.logits, other.logits];
}

describe.each(TINY_CHECKPOINTS)('layers of %s that are computed in chunks', (name) => {
  it.each(PRECISIONS)('say in %s what whole ones say', async (precision) => {
    const checkpoint = await openCheckpoint(tinyFolder(name));
    const { hiddenSize } = checkpoint.config.text;
    const whole = await opinions(await openDecoder(checkpoint, precision, null), hiddenSize);
    for (const mostRows of MOST_ROWS) {
      const inChunks = await opinions(await openDecoder(checkpoint, precision, mostRows), hiddenSize);
      inChunks.forEach((logits, i) => {
        const away = Math.max(...logits.map((value, id) => Math.abs(value - (whole[i]?.[id] ?? NaN))));
        expect(away, `${mostRows} rows at once, opinion ${i}`).toBeLessThan(TOLERANCE[precision]);
      });
    }
  });
});

describe('the rows that a layer computes at once', () => {
  it.each([
    ['of PaliGemma 3B', 16_384, 256],
    ['of PaliGemma 2 3B', 9216, 256],
    ['of PaliGemma 2 28B', 36_864, 64],
    ['of the bundled model: all', 576, null],
    ['of a layer so wide that one row is too much', 2 ** 24, 4],
  ])('%s', async (_, intermediateSize, rows) => {
    const [first] = TINY_CHECKPOINTS;
    const { text } = (await openCheckpoint(tinyFolder(first))).config;
    expect(rowsAtOnce({ ...text, intermediateSize })).toBe(rows);
  });

  it('are all of them in int8 where bytes may overflow', async () => {
    const { text } = (await openCheckpoint(tinyFolder(TINY_CHECKPOINTS[0]))).config;
    const wide = { ...text, intermediateSize: 16_384 };
    expect(rowsOfLayer(wide, 'int8', true)).toBeNull();
    expect(rowsOfLayer(wide, 'int8', false)).toBe(256);
    expect(rowsOfLayer(wide, 'int4', true)).toBe(256);
    expect(rowsOfLayer(wide, 'f32', true)).toBe(256);
  });
});
