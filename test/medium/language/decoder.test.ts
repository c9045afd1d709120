import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import type { Sequence } from '../../../src/language/sequence.js';
import { openTowers, type Towers } from '../../../src/model/engine-towers.js';
import { BugError } from '../../../src/shared/errors.js';
import { readFrames, tinyFolder } from '../../parity/model/tiny-checkpoint.js';

const FOLDER = tinyFolder('paligemma1-tiny-f32');

describe('a decoder sequence', () => {
  let towers: Towers;
  const prefill = async (room: number): Promise<Sequence> => {
    const tokens = await towers.vision.encode(await readFrames(FOLDER, [1, 2]));
    return towers.decoder.prefill(tokens, [2, 509, 261], room);
  };
  const written = async (...ids: number[]): Promise<Float32Array> => {
    const sequence = await prefill(ids.length);
    for (const id of ids) await sequence.append(id);
    return sequence.logits;
  };

  beforeAll(async () => {
    towers = await openTowers(await openCheckpoint(FOLDER), {
      cacheDirectory: FOLDER, // float32: nothing is written
      threads: 1,
      imageTokenCacheBytes: 1 << 20,
      onWarning: (message) => expect.unreachable(message),
    });
  });

  afterAll(async () => {
    await towers.vision.dispose();
    await towers.decoder.dispose();
  });

  it('goes on by itself after a fork', async () => {
    const one = await prefill(3);
    await one.append(40);
    const other = one.fork();
    await one.append(50);
    await other.append(60);
    expect(one.logits).toEqual(await written(40, 50));
    expect(other.logits).toEqual(await written(40, 60));
    expect(one.logits).not.toEqual(other.logits);
  });

  it('becomes another, whether that is longer or shorter', async () => {
    const one = await prefill(4);
    const other = one.fork();
    await one.append(40);
    await one.append(50);
    await other.append(60);
    other.become(one);
    expect(other.logits).toEqual(one.logits);
    await other.append(70);
    expect(other.logits).toEqual(await written(40, 50, 70));
    other.become(one);
    await other.append(80);
    expect(other.logits).toEqual(await written(40, 50, 80));
  });

  it('refuses more ids than it was given room for', async () => {
    const sequence = await prefill(1);
    await sequence.append(40);
    await expect(sequence.append(50)).rejects.toBeInstanceOf(BugError);
  });
});
