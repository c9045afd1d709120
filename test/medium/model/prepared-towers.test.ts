import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { decoderGraph } from '../../../src/graph/decoder-graph.js';
import { quantizedWeights } from '../../../src/graph/quantized-weights.js';
import { Decoder } from '../../../src/language/decoder.js';
import { openPrepared } from '../../../src/runtime/open-prepared.js';
import { Session } from '../../../src/runtime/session.js';
import { IMAGE_TOKEN_AXES, tensor } from '../../../src/shared/tensor.js';
import { goldenNumbers } from '../../parity/model/golden-number.js';
import { TINY_CHECKPOINTS, tinyFolder } from '../../parity/model/tiny-checkpoint.js';

const unexpected = (message: string) => expect.unreachable(message);

describe.each(TINY_CHECKPOINTS)('the prepared decoder of %s', (name) => {
  it.each(['int8', 'int4'] as const)('gives in %s what the one packed in memory gives', async (precision) => {
    const cacheDirectory = await mkdtemp(join(tmpdir(), 'prepared-'));
    onTestFinished(() => rm(cacheDirectory, { recursive: true, force: true }));
    const checkpoint = await openCheckpoint(tinyFolder(name));
    const weights = quantizedWeights(checkpoint, precision, cacheDirectory, unexpected);
    const { model, ports } = await decoderGraph(checkpoint.config, weights);
    const common = { name: 'the decoder', model, threads: 1 };
    const plain = await Session.open({ ...common, weightsFolder: await weights.write() });
    const { session, folder } = await openPrepared({
      ...common,
      cacheDirectory,
      stem: weights.stem,
      writeWeights: () => weights.write(),
      onWarning: unexpected,
    });
    expect(folder).toContain(cacheDirectory);

    const { layers, keyValueHeads, headDim, hiddenSize: width, ropeTheta } = checkpoint.config.text;
    const shape = { layers, keyValueHeads, headDim, width, ropeTheta };
    const images = tensor(IMAGE_TOKEN_AXES, [1, 4, width], goldenNumbers('images', 4 * width, 2));
    const logits: Float32Array[] = [];
    for (const each of [plain, session]) {
      const decoder = new Decoder(each, shape, ports);
      const sequence = await decoder.prefill(images, [2, 40, 41, 108], 1);
      await sequence.append(50);
      logits.push(sequence.logits);
      await decoder.dispose();
    }
    expect(logits[0]?.every(Number.isFinite)).toBe(true);
    expect(logits[1]).toEqual(logits[0]);
  });
});
