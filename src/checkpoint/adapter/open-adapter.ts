import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckpointError } from '../../shared/errors.js';
import { fingerprint } from '../fingerprint.js';
import { MAX_CONFIG_BYTES } from '../limits.js';
import { parseJson } from '../parse-json.js';
import { readBoundedFile } from '../read-bounded-file.js';
import { readSafetensorsHeader } from '../read-safetensors-header.js';
import { type AdapterConfig, parseAdapterConfig } from './adapter-config.js';
import { type AdapterTensors, adapterTensors } from './adapter-tensors.js';

/** A LoRA adapter in PEFT's layout, checked, no number read yet. */
export interface Adapter {
  /** Path of its tensors, for errors. */
  readonly file: string;
  readonly config: AdapterConfig;
  readonly tensors: AdapterTensors;
  readonly fingerprint: string;
}

/**
 * Opens a folder with adapter_config.json and adapter_model.safetensors.
 * @throws CheckpointError naming the file and what is wrong with it
 */
export async function openAdapter(directory: string): Promise<Adapter> {
  const configFile = join(directory, 'adapter_config.json');
  const configBytes = await readBoundedFile(configFile, MAX_CONFIG_BYTES);
  const config = parseAdapterConfig(parseJson(configBytes, configFile), configFile);
  const file = join(directory, 'adapter_model.safetensors');
  if (!(await isFile(file))) {
    const isPickled = await isFile(join(directory, 'adapter_model.bin'));
    throw new CheckpointError(
      'checkpoint_file_missing',
      isPickled
        ? `${directory} has adapter_model.bin, a Python program in disguise; save the adapter as safetensors`
        : `${file} is missing; fetch the whole adapter`,
    );
  }
  const weights = await readSafetensorsHeader(await realpath(file));
  const print = await fingerprint(
    new Map([['adapter_config.json', configBytes]]),
    new Map([['adapter_model.safetensors', weights]]),
  );
  return { file, config, tensors: adapterTensors(weights), fingerprint: print };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
