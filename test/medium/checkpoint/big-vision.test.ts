import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../src/checkpoint/checkpoint.js';
import { openCheckpoint } from '../../../src/checkpoint/open-checkpoint.js';
import { readTensor } from '../../../src/checkpoint/read-tensor.js';
import { readTensorChunks } from '../../../src/checkpoint/read-tensor-chunks.js';
import { bigVisionNpz, type BigVisionNumbers } from '../../fixtures/checkpoint/big-vision.js';
import { npz } from '../../fixtures/checkpoint/npz.js';
import { refusal } from './expect-refused.js';
import { copyCheckpoint, FIXTURES, type FixtureName } from './tampered-checkpoint.js';

const TABLE = 'language_model.embed_tokens.weight';

/** A tiny checkpoint whose safetensors have become an npz. */
async function npzFolder(
  name: FixtureName,
  numbers: BigVisionNumbers,
  options: { deflated?: boolean; prefix?: string } = {},
): Promise<string> {
  const folder = await copyCheckpoint(name);
  await writeFile(join(folder, 'weights.npz'), await bigVisionNpz(folder, numbers, options));
  await rm(join(folder, 'model.safetensors'));
  return folder;
}

async function expectSameNumbers(actual: Checkpoint, expected: Checkpoint): Promise<void> {
  expect([...actual.tensors.keys()]).toEqual([...expected.tensors.keys()]);
  for (const [name, tensor] of expected.tensors) {
    const found = actual.tensors.get(name);
    if (found === undefined) throw new Error(`no ${name}`);
    let numbers = await readTensor(found);
    let wanted = await readTensor(tensor);
    if (name === TABLE) {
      const cut = expected.config.imageTokenId * expected.config.text.hiddenSize;
      expect(numbers.subarray(cut).every((value) => value === 0)).toBe(true);
      [numbers, wanted] = [numbers.subarray(0, cut), wanted.subarray(0, cut)];
    }
    expect(Buffer.compare(Buffer.from(numbers.buffer, 0, numbers.byteLength), bytes(wanted)), name).toBe(0);
  }
}

const bytes = (numbers: Float32Array): Buffer => Buffer.from(numbers.buffer, 0, numbers.byteLength);

describe('a folder with the npz of big_vision', () => {
  it.each<[string, FixtureName, BigVisionNumbers, object]>([
    ['float32', 'paligemma1-tiny-f32', 'float32', {}],
    ['float32, deflated, without params/', 'paligemma1-tiny-f32', 'float32', { deflated: true, prefix: '' }],
    ['bfloat16 of PaliGemma 2', 'paligemma2-tiny-bf16', 'bfloat16', {}],
  ])('has the numbers of the safetensors: %s', async (_, name, numbers, options) => {
    const plain = await openCheckpoint(join(FIXTURES, name));
    const opened = await openCheckpoint(await npzFolder(name, numbers, options));
    expect(opened.config).toEqual(plain.config);
    expect(opened.fingerprint).not.toBe(plain.fingerprint);
    await expectSameNumbers(opened, plain);
  });

  it('gives a turned tensor in chunks of any size', async () => {
    const { tensors } = await openCheckpoint(await npzFolder('paligemma1-tiny-f32', 'float32'));
    const tensor = tensors.get('language_model.layers.1.self_attn.q_proj.weight');
    if (tensor === undefined) throw new Error('no q_proj');
    const whole = await readTensor(tensor);
    for (const size of [1, 7, 64, 1000, 1 << 20]) {
      const found: number[] = [];
      for await (const chunk of readTensorChunks(tensor, size)) found.push(...chunk);
      expect(Float32Array.from(found)).toEqual(whole);
    }
  });

  it('needs only tokenizer.json beside it: sizes are told from the arrays', async () => {
    const plain = await openCheckpoint(join(FIXTURES, 'paligemma1-tiny-f32'));
    const folder = await npzFolder('paligemma1-tiny-f32', 'float32');
    await rm(join(folder, 'config.json'));
    await rm(join(folder, 'preprocessor_config.json'));
    const { config, preprocessor } = await openCheckpoint(folder);
    const text = { ...plain.config.text, vocabSize: 1772 + 64 };
    expect(config).toEqual({ ...plain.config, text });
    expect(preprocessor).toEqual(plain.preprocessor);
    await rm(join(folder, 'tokenizer.json'));
    const { code, message } = await refusal(folder);
    expect({ code, message }).toMatchObject({
      code: 'checkpoint_file_missing',
      message: expect.stringContaining('no tokenizer.json; put that of any PaliGemma repository') as string,
    });
  });

  it('leaves a mask decoder and safetensors beside it as they are', async () => {
    const folder = await npzFolder('paligemma1-tiny-f32', 'float32');
    await writeFile(join(folder, 'vae-oid.npz'), 'anything');
    expect((await openCheckpoint(folder)).tensors.size).toBe(93);
    await rename(join(folder, 'weights.npz'), join(folder, 'mask-decoder.npz'));
    expect(await refusal(folder)).toMatchObject({ code: 'checkpoint_no_weights' });
  });

  it.each<[string, (folder: string) => Promise<void>, string, RegExp]>([
    [
      'two archives',
      async (f) => writeFile(join(f, 'b.npz'), await readFile(join(f, 'weights.npz'))),
      'checkpoint_no_weights',
      /several npz files \(b\.npz, weights\.npz\)/,
    ],
    [
      'an archive of something else',
      (f) => writeFile(join(f, 'weights.npz'), npz([{ name: 'a', shape: [1], data: Float32Array.of(1) }])),
      'checkpoint_tensor_missing',
      /img\/embedding\/kernel/,
    ],
    [
      'a truncated archive',
      async (f) =>
        writeFile(join(f, 'weights.npz'), (await readFile(join(f, 'weights.npz'))).subarray(0, 50_000)),
      'npz_archive',
      /End of central directory/,
    ],
    [
      'a folder of that name',
      async (f) => {
        await rm(join(f, 'weights.npz'));
        await mkdir(join(f, 'weights.npz'));
      },
      'checkpoint_file_unreadable',
      /not an ordinary file/,
    ],
    [
      'another config.json',
      async (f) => {
        const file = join(f, 'config.json');
        await writeFile(
          file,
          (await readFile(file, 'utf8')).replace('"intermediate_size": 160', '"intermediate_size": 164'),
        );
      },
      'checkpoint_tensor_shape',
      /gating_einsum has shape \[4, 2, 64, 160\]/,
    ],
  ])('is refused: %s', async (_, damage, code, words) => {
    const folder = await npzFolder('paligemma1-tiny-f32', 'float32');
    await damage(folder);
    const error = await refusal(folder);
    expect({ code: error.code, message: error.message }).toMatchObject({ code });
    expect(error.message).toMatch(words);
  });
});
