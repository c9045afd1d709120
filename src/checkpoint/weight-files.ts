import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, win32 } from 'node:path';
import { z } from 'zod';
import { CheckpointError, messageOf } from '../shared/errors.js';
import { checkSchema } from './check-schema.js';
import { MAX_INDEX_BYTES, MAX_NAME_LENGTH, MAX_SHARDS } from './limits.js';
import { parseJson } from './parse-json.js';
import { readBoundedFile } from './read-bounded-file.js';

/** The files that hold a checkpoint's weights. */
export interface WeightFiles {
  /** Name in the folder -> absolute path, symbolic links resolved. */
  readonly paths: ReadonlyMap<string, string>;
  /** Stored tensor name -> name of its file, as the index says; null when one file holds all. */
  readonly index: ReadonlyMap<string, string> | null;
}

const SINGLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';

/**
 * Finds a checkpoint's safetensors: one file, or what the index names. As Hugging Face does, the one file wins.
 * @throws CheckpointError `checkpoint_no_weights`, `checkpoint_index`, `checkpoint_file_missing`,
 *   `checkpoint_folder_missing`
 */
export async function findWeightFiles(directory: string): Promise<WeightFiles> {
  const names = await readdir(directory).catch((error: unknown) => {
    throw new CheckpointError(
      'checkpoint_folder_missing',
      `${directory} cannot be listed: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  });
  if (names.includes(SINGLE)) {
    return { paths: new Map([[SINGLE, await resolveFile(directory, SINGLE)]]), index: null };
  }
  if (!names.includes(INDEX)) throw await noWeights(directory, names);
  const file = join(directory, INDEX);
  const index = parseWeightIndex(await readBoundedFile(file, MAX_INDEX_BYTES), file);
  const shards = [...new Set(index.values())].sort();
  if (shards.length > MAX_SHARDS) {
    throw new CheckpointError(
      'checkpoint_index',
      `${file} names ${shards.length} files, at most ${MAX_SHARDS} are read`,
    );
  }
  const paths = new Map<string, string>();
  for (const shard of shards) paths.set(shard, await resolveFile(directory, shard, file));
  return { paths, index };
}

/**
 * Reads the index of the shards: stored tensor name -> name of its file, which lies below the index's own folder.
 * @throws CheckpointError `checkpoint_json`, `checkpoint_config`, `checkpoint_index`
 */
export function parseWeightIndex(bytes: Uint8Array, file: string): Map<string, string> {
  return parseIndex(parseJson(bytes, file), file);
}

const indexSchema = z.object({
  weight_map: z.record(z.string().max(MAX_NAME_LENGTH), z.string().min(1).max(MAX_NAME_LENGTH)),
});

function parseIndex(value: unknown, file: string): Map<string, string> {
  const { weight_map: map } = checkSchema(indexSchema, value, file);
  for (const [tensor, shard] of Object.entries(map)) {
    const outside =
      isAbsolute(shard) || win32.isAbsolute(shard) || /(^|[\\/])\.\.([\\/]|$)|\0|^[a-z]:/i.test(shard);
    if (outside || !shard.endsWith('.safetensors')) {
      throw new CheckpointError(
        'checkpoint_index',
        `${file} puts tensor ${tensor} into ${JSON.stringify(shard)}, which is not a safetensors file of this folder`,
      );
    }
  }
  return new Map(Object.entries(map));
}

/** Follows the symbolic links of a Hugging Face cache, whose folders point into `blobs/`. */
async function resolveFile(directory: string, name: string, namedBy?: string): Promise<string> {
  const file = join(directory, name);
  try {
    const resolved = await realpath(file);
    if ((await stat(resolved)).isFile()) return resolved;
  } catch (error) {
    const named = namedBy === undefined ? '' : `, though ${namedBy} names it`;
    throw new CheckpointError(
      'checkpoint_file_missing',
      `${file} is missing${named} (${messageOf(error)}); fetch the whole checkpoint`,
      { cause: error },
    );
  }
  throw new CheckpointError('checkpoint_file_unreadable', `${file} is not an ordinary file`);
}

async function noWeights(directory: string, names: readonly string[]): Promise<CheckpointError> {
  const onnxFolder = names.includes('onnx') ? await readdir(join(directory, 'onnx')).catch(() => []) : [];
  let advice = 'fetch the whole checkpoint';
  if ([...names, ...onnxFolder].some((name) => name.endsWith('.onnx'))) {
    advice = 'it is laid out for transformers.js; take the original checkpoint with its safetensors instead';
  } else if (names.some((name) => /\.(bin|pt|pth|gguf|h5|msgpack)$/.test(name))) {
    advice = 'it holds weights in another format; take the checkpoint with its safetensors instead';
  }
  return new CheckpointError(
    'checkpoint_no_weights',
    `${directory} has neither ${SINGLE} nor ${INDEX}: ${advice}`,
  );
}
