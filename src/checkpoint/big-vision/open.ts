import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckpointError, messageOf } from '../../shared/errors.js';
import type { Checkpoint } from '../checkpoint.js';
import { fingerprint, type WeightFile } from '../fingerprint.js';
import { MAX_CONFIG_BYTES, MAX_TOKENIZER_BYTES } from '../limits.js';
import { parseConfig } from '../parse-config.js';
import { parseJson } from '../parse-json.js';
import { parsePreprocessor } from '../parse-preprocessor.js';
import { readBoundedFile } from '../read-bounded-file.js';
import { type NpzPlace, readNpzPlaces } from '../read-npz-places.js';
import { readPreprocessor } from '../read-preprocessor.js';
import { configOfShapes } from './config-of-shapes.js';
import { bigVisionTensors } from './tensors.js';

/**
 * Opens a folder with the npz of an original big_vision release and a tokenizer.json; of the weights nothing is
 * read. A config.json and a preprocessor_config.json (or processor_config.json) are used when they are there; otherwise the sizes are told
 * from the arrays, and pictures are prepared as in every release.
 *
 * @param name of the npz file, as `findBigVisionFile` tells
 * @throws CheckpointError naming file and array
 */
export async function openBigVisionFolder(folder: string, name: string): Promise<Checkpoint> {
  const weights = await weightFile(join(folder, name));
  const arrays = withoutPrefix(await readNpzPlaces(weights.file));
  const configFile = join(folder, 'config.json');
  const configBytes = await readIfThere(configFile, MAX_CONFIG_BYTES);
  const { config } =
    configBytes === null
      ? parseConfig(configOfShapes(arrays, weights.file), weights.file)
      : parseConfig(parseJson(configBytes, configFile), configFile);
  const tensors = bigVisionTensors(arrays, config, weights.file);

  const read = await readPreprocessor(folder, config);
  const preprocessor =
    read?.preprocessor ?? parsePreprocessor({ size: config.vision.imageSize }, weights.file, config);
  const tokenizerBytes = await readIfThere(join(folder, 'tokenizer.json'), MAX_TOKENIZER_BYTES);
  if (tokenizerBytes === null) {
    throw new CheckpointError(
      'checkpoint_file_missing',
      `${folder} has ${name} and no tokenizer.json; put that of any PaliGemma repository beside it, they share it`,
    );
  }
  const small = new Map([
    ['config.json', configBytes ?? NONE],
    [read?.name ?? 'preprocessor_config.json', read?.bytes ?? NONE],
    ['tokenizer.json', tokenizerBytes],
    ['arrays', Buffer.from(JSON.stringify([...arrays]))],
  ]);
  const print = await fingerprint(small, new Map([[name, weights]]));
  return { directory: folder, config, preprocessor, tensors, fingerprint: print };
}

const NONE = Buffer.alloc(0);

async function weightFile(path: string): Promise<WeightFile> {
  try {
    const file = await realpath(path);
    const stats = await stat(file, { bigint: true });
    if (stats.isFile()) return { file, header: NONE, size: Number(stats.size), modifiedNs: stats.mtimeNs };
  } catch (error) {
    throw new CheckpointError('checkpoint_file_missing', `${path} is missing: ${messageOf(error)}`, {
      cause: error,
    });
  }
  throw new CheckpointError('checkpoint_file_unreadable', `${path} is not an ordinary file`);
}

async function readIfThere(file: string, maxBytes: number): Promise<Buffer | null> {
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  return isThere ? readBoundedFile(file, maxBytes) : null;
}

/** Trainers save the optimizer's numbers beside `params/`, releases only these. */
function withoutPrefix(places: ReadonlyMap<string, NpzPlace>): Map<string, NpzPlace> {
  return new Map([...places].map(([name, place]) => [name.replace(/^params\//, ''), place]));
}
