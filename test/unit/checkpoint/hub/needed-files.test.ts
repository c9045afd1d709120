import { expect, it } from 'vitest';
import { neededFiles } from '../../../../src/checkpoint/hub/needed-files.js';
import { CheckpointError } from '../../../../src/shared/errors.js';

const SMALL = ['config.json', 'preprocessor_config.json', 'tokenizer.json'];

function chosen(...paths: string[]): string[] {
  const files = paths.map((path) => ({
    path,
    bytes: 1,
    checksum: { algorithm: 'git-sha1', hex: 'a'.repeat(40) } as const,
  }));
  const { config, index, others } = neededFiles({ name: 'a/b', revision: 'main', commit: '', files });
  return [config, index, ...others].flatMap((file) => file?.path ?? []).sort();
}

it.each<[string, string[], string[]]>([
  ['one file', ['model.safetensors'], ['model.safetensors']],
  ['one file before shards', ['model.safetensors', 'model.safetensors.index.json'], ['model.safetensors']],
  [
    'the index first, when there are shards',
    ['model.safetensors.index.json', 'model-00001-of-00002.safetensors'],
    ['model.safetensors.index.json'],
  ],
  ['a mask decoder', ['model.safetensors', 'vae-oid.npz'], ['model.safetensors', 'vae-oid.npz']],
  ['an npz of big_vision', ['paligemma-3b-pt-224.npz'], ['paligemma-3b-pt-224.npz']],
  [
    'an npz of big_vision beside two mask decoders',
    ['paligemma-3b-pt-224.npz', 'vae-oid.npz', 'mask-decoder.npz'],
    ['paligemma-3b-pt-224.npz', 'mask-decoder.npz'],
  ],
  [
    'no tensors of other tools',
    ['model.safetensors', 'x.gguf', 'sub/model.safetensors'],
    ['model.safetensors'],
  ],
])('takes %s', (_, given, taken) => {
  expect(chosen(...SMALL, 'README.md', 'generation_config.json', ...given)).toEqual(
    [...SMALL, ...taken].sort(),
  );
});

it('takes an npz without a configuration', () => {
  expect(chosen('a.npz', 'README.md')).toEqual(['a.npz']);
});

it.each<[string, string[], RegExp]>([
  ['transformers.js', ['onnx/decoder_model_merged.onnx'], /laid out for transformers\.js/],
  ['an adapter', ['adapter_model.safetensors'], /--adapter/],
  ['several npz', ['a.npz', 'b.npz'], /several npz/],
  ['another format', ['pytorch_model.bin'], /another format/],
  ['nothing', [], /neither model\.safetensors/],
])('refuses %s', (_, given, words) => {
  expect(() => chosen(...SMALL, ...given)).toThrow(CheckpointError);
  expect(() => chosen(...SMALL, ...given)).toThrow(words);
});

it.each(['sub/x.npz', '../x.npz', '..\\..\\x.npz', '\\x.npz', 'C:x.npz', 'C:\\x.npz'])(
  'takes no npz that lies elsewhere on some system: %s',
  (path) => {
    expect(() => chosen(...SMALL, path)).toThrow(CheckpointError);
    expect(chosen(...SMALL, path, 'a.npz')).toEqual([...SMALL, 'a.npz'].sort());
  },
);

it('refuses weights without what is needed beside them', () => {
  expect(() => chosen('config.json', 'model.safetensors', 'tokenizer.json')).toThrow(
    /no preprocessor_config\.json or processor_config\.json/,
  );
  expect(chosen('config.json', 'model.safetensors', 'tokenizer.json', 'processor_config.json')).toContain(
    'processor_config.json',
  );
});
