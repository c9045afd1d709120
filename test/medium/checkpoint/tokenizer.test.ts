import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PaliGemmaConfig } from '../../../src/checkpoint/config.js';
import { openTokenizer } from '../../../src/checkpoint/open-tokenizer.js';
import { parseConfig } from '../../../src/checkpoint/parse-config.js';
import type { Tokenizer } from '../../../src/checkpoint/tokenizer.js';
import { RequestError } from '../../../src/shared/errors.js';
import { copyCheckpoint, editJson, FIXTURES, type FixtureName } from './tampered-checkpoint.js';

const NAMES: FixtureName[] = ['paligemma1-tiny-f32', 'paligemma1-tiny-bf16-sharded', 'paligemma2-tiny-bf16'];

interface Case {
  readonly prompt: string;
  readonly input_ids_after_image: number[];
  readonly greedy_ids: number[];
  readonly greedy_text: string;
}

function readCases(name: FixtureName): Case[] {
  const file = join(FIXTURES, name, 'expected.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] }).cases;
}

function configOf(folder: string): PaliGemmaConfig {
  const file = join(folder, 'config.json');
  return parseConfig(JSON.parse(readFileSync(file, 'utf8')), file).config;
}

let tokenizer: Tokenizer;
beforeAll(async () => {
  const folder = join(FIXTURES, 'paligemma1-tiny-f32');
  tokenizer = await openTokenizer(folder, configOf(folder));
});

/** Ids of the tiny vocabulary's byte tokens, `<0x00>` at 5. */
const bytes = (...values: number[]): number[] => values.map((value) => 5 + value);

/** The text as it grows, one piece an id, then the rest. */
function stream(ids: readonly number[]): string[] {
  const text = tokenizer.createTextStream();
  return [...ids.map((id) => text.push(id)), text.end()];
}

describe('Tokenizer', () => {
  it.each(NAMES)('gives the reference’s ids and texts for %s', async (name) => {
    const folder = join(FIXTURES, name);
    const own = await openTokenizer(folder, configOf(folder));
    const cases = readCases(name);
    expect(cases).toHaveLength(8);
    for (const { prompt, input_ids_after_image: ids, greedy_ids: greedy, greedy_text: text } of cases) {
      expect(own.promptIds(prompt)).toEqual(ids);
      expect(own.decode(greedy)).toBe(text);
    }
  });

  it('looks the ids up that have a meaning', () => {
    const { ids } = tokenizer;
    expect(ids).toMatchObject({ bos: 2, eos: 1, pad: 0, image: 1772 });
    expect(ids.newline).toBe(readCases('paligemma1-tiny-f32')[0]?.input_ids_after_image.at(-1));
    expect([ids.loc.length, ids.loc[0], ids.loc[1023]]).toEqual([1024, 620, 1643]);
    expect([ids.seg.length, ids.seg[0], ids.seg[127]]).toEqual([128, 1644, 1771]);
  });

  it('encodes places in a prompt as one id each', () => {
    expect(tokenizer.encode('<loc0000><loc1023><seg007>')).toEqual([620, 1643, 1651]);
    expect(tokenizer.promptIds('<loc0005>').slice(0, 2)).toEqual([2, 625]);
  });

  it.each([
    'a',
    ' two  spaces ',
    'don’t , stop !',
    'line\nbreak\n\n',
    '東京 🦊 niño',
    '\ufeffmark',
    '\0\t',
    '<0x0A>',
  ])('decodes what it encoded: %j', (text) => {
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  it('does nothing to nothing', () => {
    expect(tokenizer.encode('')).toEqual([]);
    expect(tokenizer.decode([])).toBe('');
    expect(tokenizer.promptIds('')).toEqual([2, tokenizer.ids.newline]);
  });

  it('never merges the closing newline with one that ends the prompt', async () => {
    const folder = await copyCheckpoint('paligemma1-tiny-f32');
    await editJson(join(folder, 'tokenizer.json'), (json) => {
      // As in Gemma's own vocabulary, where two newlines are a piece.
      const model = json.model as { vocab: Record<string, number>; merges: [string, string][] };
      model.vocab['\n\n'] = 1780;
      model.merges.push(['\n', '\n']);
    });
    const own = await openTokenizer(folder, configOf(folder));
    const { newline } = own.ids;
    expect(own.encode('\n\n')).toEqual([1780]);
    expect(own.promptIds('\n')).toEqual([2, newline, newline]);
  });

  it.each(['<image>', '<bos>', '<eos>', '<pad>', '<unk>', '<mask>'])('refuses a prompt with %s', (token) => {
    expect(() => tokenizer.promptIds(`answer en ${token} what?`)).toThrow(RequestError);
    expect(() => tokenizer.promptIds(`answer en ${token} what?`)).toThrow(token);
  });

  it('refuses a prompt beyond any context', () => {
    expect(() => tokenizer.promptIds('a'.repeat(70_000))).toThrow(/70000 characters/);
  });

  it('leaves special tokens out of texts and keeps places', () => {
    expect(tokenizer.decode([2, ...tokenizer.encode('cat '), 625, 1, 0])).toBe('cat <loc0005>');
  });

  it('refuses ids that stand for nothing', () => {
    for (const id of [1773, 1791, 5000, -1, 0.5]) expect(() => tokenizer.decode([id])).toThrow(/no token/);
  });
});

describe('createTextStream', () => {
  it('gives a character of several bytes only when it is whole', () => {
    const fox = bytes(0xf0, 0x9f, 0xa6, 0x8a);
    const [a = -1] = tokenizer.encode('a');
    expect(stream([a, ...fox, a])).toEqual(['a', '', '', '', '', '🦊a', '']);
    expect(stream(fox)).toEqual(['', '', '', '', '🦊']);
  });

  it('writes one mark for each byte of a run that is not UTF-8, as the reference does', () => {
    expect(stream(bytes(0x39, 0x39, 0xff, 0x84))).toEqual(['', '', '', '', '\ufffd\ufffd\ufffd\ufffd']);
    expect(stream(bytes(0xf0, 0x9f))).toEqual(['', '', '\ufffd\ufffd']);
  });

  it('joins to what decode gives, wherever bytes, words, places and special tokens meet', () => {
    let state = 7;
    const random = (below: number): number => (state = (state * 48271) % 2147483647) % below;
    for (let round = 0; round < 300; round++) {
      const ids = Array.from({ length: random(12) }, () => (random(2) ? 5 + random(256) : random(1773)));
      expect(stream(ids).join('')).toBe(tokenizer.decode(ids));
    }
  });
});

describe('openTokenizer refuses', () => {
  type Edit = (
    json: { added_tokens: { content: string; id: number }[]; model: Record<string, unknown> } & Record<
      string,
      unknown
    >,
  ) => unknown;
  const without =
    (content: string): Edit =>
    (json) =>
      (json.added_tokens = json.added_tokens.filter((token) => token.content !== content));
  const move =
    (content: string, id: number): Edit =>
    (json) => {
      json.added_tokens.filter((token) => token.content === content).forEach((token) => (token.id = id));
    };

  it.each<[string, Edit, string, string]>([
    ['a tokenizer without <loc0512>', without('<loc0512>'), 'checkpoint_tokenizer', '<loc0512>'],
    ['a tokenizer without <seg127>', without('<seg127>'), 'checkpoint_tokenizer', '<seg127>'],
    ['a tokenizer without <image>', without('<image>'), 'checkpoint_tokenizer', 'no <image> token'],
    ['<image> at another id', move('<image>', 1773), 'checkpoint_tokenizer', '<image> at 1773'],
    ['an id beyond the embedding table', move('<seg001>', 1792), 'checkpoint_tokenizer', '1792'],
    [
      'a piece beyond the embedding table',
      (json) => Object.assign(json.model.vocab as object, { zz: 9999 }),
      'checkpoint_tokenizer',
      '9999',
    ],
    [
      'ids that are not numbers',
      (json) => Object.assign(json.model.vocab as object, { zz: 'x' }),
      'checkpoint_config',
      'model.vocab',
    ],
    [
      'merges that are not pairs',
      (json) => (json.model.merges = [['a']]),
      'checkpoint_config',
      'model.merges',
    ],
    ['another kind of model', (json) => (json.model.type = 'WordPiece'), 'checkpoint_config', 'model.type'],
    [
      'a decoder that is not Gemma’s',
      (json) => (json.decoder = { type: 'Metaspace' }),
      'checkpoint_config',
      'decoder',
    ],
    [
      'a normaliser by regular expression',
      (json) => (json.normalizer = { type: 'Replace', pattern: { Regex: '(a+)+$' }, content: '' }),
      'checkpoint_config',
      'normalizer',
    ],
    ['a file without a model', (json) => Reflect.deleteProperty(json, 'model'), 'checkpoint_config', 'model'],
  ])('%s', async (_, edit, code, named) => {
    const folder = await copyCheckpoint('paligemma1-tiny-f32');
    await editJson(join(folder, 'tokenizer.json'), (json) => void edit(json as Parameters<Edit>[0]));
    const opened = openTokenizer(folder, configOf(folder));
    await expect(opened).rejects.toMatchObject({ code });
    await expect(opened).rejects.toThrow(named);
    await expect(opened).rejects.toThrow('tokenizer.json');
  });

  it('a file that is missing or no JSON', async () => {
    const folder = await copyCheckpoint('paligemma1-tiny-f32');
    const config = configOf(folder);
    await writeFile(join(folder, 'tokenizer.json'), '{"model":');
    await expect(openTokenizer(folder, config)).rejects.toMatchObject({ code: 'checkpoint_json' });
    await writeFile(join(folder, 'tokenizer.json'), 'null');
    await expect(openTokenizer(folder, config)).rejects.toMatchObject({ code: 'checkpoint_json' });
    await rm(join(folder, 'tokenizer.json'));
    await expect(openTokenizer(folder, config)).rejects.toMatchObject({ code: 'checkpoint_file_missing' });
  });
});
