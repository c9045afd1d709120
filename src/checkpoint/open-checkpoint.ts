import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CheckpointError, messageOf } from '../shared/errors.js';
import { applyAdapter } from './adapter/apply-adapter.js';
import { openAdapter } from './adapter/open-adapter.js';
import { findBigVisionFile } from './big-vision/find-file.js';
import { openBigVisionFolder } from './big-vision/open.js';
import type { Checkpoint } from './checkpoint.js';
import { collectTensors } from './collect-tensors.js';
import { expectedTensors } from './expected-tensors.js';
import { fingerprint } from './fingerprint.js';
import { MAX_CONFIG_BYTES, MAX_TOKENIZER_BYTES } from './limits.js';
import { parseConfig } from './parse-config.js';
import { parseJson } from './parse-json.js';
import { readBoundedFile } from './read-bounded-file.js';
import { PREPROCESSOR_FILES, readPreprocessor } from './read-preprocessor.js';
import { readSafetensorsHeader, type SafetensorsFile } from './read-safetensors-header.js';
import { findWeightFiles } from './weight-files.js';

/**
 * Opens a PaliGemma or PaliGemma 2 checkpoint in the Hugging Face layout, or an original release of big_vision, and
 * checks it whole; of the weights only the headers are read. Layout: Hugging Face's
 * `PaliGemmaForConditionalGeneration`.
 *
 * @param adapterDirectory a LoRA adapter of PEFT to be merged into it
 * @throws CheckpointError naming the file and the tensor
 */
export async function openCheckpoint(directory: string, adapterDirectory?: string): Promise<Checkpoint> {
  const checkpoint = await openPlain(directory);
  return adapterDirectory === undefined
    ? checkpoint
    : applyAdapter(checkpoint, await openAdapter(adapterDirectory));
}

async function openPlain(directory: string): Promise<Checkpoint> {
  const folder = await resolveFolder(directory);
  const npz = await findBigVisionFile(folder);
  if (npz !== null) return openBigVisionFolder(folder, npz);
  const configFile = join(folder, 'config.json');
  const configBytes = await readBoundedFile(configFile, MAX_CONFIG_BYTES);
  const { config, tiedHead } = parseConfig(parseJson(configBytes, configFile), configFile);

  const weightFiles = await findWeightFiles(folder);
  const weights = new Map<string, SafetensorsFile>();
  for (const [name, path] of weightFiles.paths) weights.set(name, await readSafetensorsHeader(path));
  const tensors = collectTensors(weights, weightFiles.index, expectedTensors(config, tiedHead), folder);

  const read = await readPreprocessor(folder, config);
  if (read === null) {
    throw new CheckpointError(
      'checkpoint_file_missing',
      `${folder} has neither ${PREPROCESSOR_FILES.join(' nor ')}; a checkpoint folder must hold one`,
    );
  }

  const tokenizerBytes = await readBoundedFile(join(folder, 'tokenizer.json'), MAX_TOKENIZER_BYTES);
  const small = new Map([
    ['config.json', configBytes],
    [read.name, read.bytes],
    ['tokenizer.json', tokenizerBytes],
  ]);
  const { preprocessor } = read;
  return { directory: folder, config, preprocessor, tensors, fingerprint: await fingerprint(small, weights) };
}

/** The folder keeps the name it was called by, people know it so: only the weight files' links are followed. */
async function resolveFolder(directory: string): Promise<string> {
  try {
    const folder = resolve(directory);
    if ((await stat(folder)).isDirectory()) return folder;
  } catch (error) {
    throw new CheckpointError(
      'checkpoint_folder_missing',
      `the model folder ${directory} cannot be opened: ${messageOf(error)}`,
      { cause: error },
    );
  }
  throw new CheckpointError(
    'checkpoint_folder_missing',
    `${directory} is not a folder; name the folder that holds config.json`,
  );
}
