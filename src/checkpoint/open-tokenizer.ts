import { join } from 'node:path';
import { CheckpointError, messageOf } from '../shared/errors.js';
import type { PaliGemmaConfig } from './config.js';
import { MAX_TOKENIZER_BYTES } from './limits.js';
import { readBoundedFile } from './read-bounded-file.js';
import { checkTokenizerFile, type AddedToken } from './tokenizer-file.js';
import { makeTokenizerLibrary, type TokenizerLibrary } from './tokenizer-library.js';
import { Tokenizer, type TokenIds } from './tokenizer.js';

const LOC_TOKENS = 1024;
const SEG_TOKENS = 128;

/**
 * Opens a checkpoint's tokenizer.json and checks that it is PaliGemma's. Gemma's whole vocabulary takes about a
 * second and 300 MB: open it once.
 * @throws CheckpointError `checkpoint_file_missing`, `checkpoint_json`, `checkpoint_config`, `checkpoint_tokenizer`
 */
export async function openTokenizer(directory: string, config: PaliGemmaConfig): Promise<Tokenizer> {
  const file = join(directory, 'tokenizer.json');
  const json = parse(await readBoundedFile(file, MAX_TOKENIZER_BYTES), file);
  const added = checkTokenizerFile(json, file, config.text.vocabSize);
  const library = build(json, file);
  return new Tokenizer(library, lookUp(library, added, config, file));
}

/** Not parseJson: walking 34 MB a second time for keys given twice would cost as long again. */
function parse(bytes: Buffer, file: string): object {
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof json === 'object' && json !== null) return json;
  } catch (error) {
    throw new CheckpointError('checkpoint_json', `${file} is not JSON`, { cause: error });
  }
  throw new CheckpointError('checkpoint_json', `${file} is not a JSON object`);
}

function build(json: object, file: string): TokenizerLibrary {
  try {
    return makeTokenizerLibrary(json);
  } catch (error) {
    throw new CheckpointError('checkpoint_tokenizer', `${file} cannot be used: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function lookUp(
  library: TokenizerLibrary,
  added: readonly AddedToken[],
  config: PaliGemmaConfig,
  file: string,
): TokenIds {
  const addedIds = new Map(added.map(({ content, id }) => [content, id]));
  const { bosTokenId: bos, eosTokenId: eos, padTokenId: pad, imageTokenId: image } = config;
  if (addedIds.get('<image>') !== image) {
    const found = addedIds.get('<image>');
    const what = found === undefined ? 'has no <image> token' : `has <image> at ${found}`;
    throw refuse(file, `${what}, config.json has it at ${image}`);
  }
  const ownIds = { '<bos>': bos, '<eos>': eos, '<pad>': pad };
  for (const [name, id] of Object.entries(ownIds)) {
    if (library.id_to_token(id) === undefined)
      throw refuse(file, `has no token at ${id}, the ${name} of config.json`);
  }
  const special = new Map(added.filter((token) => token.special).map(({ content, id }) => [content, id]));
  for (const id of [bos, eos, pad, image]) special.set(library.id_to_token(id) ?? '', id);
  const loc = family(addedIds, file, 'loc', LOC_TOKENS, 4);
  const seg = family(addedIds, file, 'seg', SEG_TOKENS, 3);
  for (const token of [...special.keys()].filter((name) => /^<(loc|seg)\d+>$/.test(name)))
    special.delete(token);
  return { bos, eos, pad, image, newline: newlineId(library, file), loc, seg, special };
}

function family(
  added: ReadonlyMap<string, number>,
  file: string,
  name: string,
  count: number,
  digits: number,
): number[] {
  return Array.from({ length: count }, (_, i) => {
    const token = `<${name}${String(i).padStart(digits, '0')}>`;
    const id = added.get(token);
    if (id !== undefined) return id;
    throw refuse(
      file,
      `has no added token ${token}, without which a prompt or an answer with places cannot be read`,
    );
  });
}

function newlineId(library: TokenizerLibrary, file: string): number {
  const { ids } = library.encode('\n', { add_special_tokens: false });
  const [id] = ids;
  if (id !== undefined && ids.length === 1) return id;
  throw refuse(file, `makes ${ids.length} tokens of a newline, PaliGemma closes its prompts with one`);
}

function refuse(file: string, what: string): CheckpointError {
  return new CheckpointError('checkpoint_tokenizer', `${file} ${what}`);
}
