import { CheckpointError } from '../shared/errors.js';
import { canonicalName } from './canonical-name.js';
import type { CheckpointTensor } from './checkpoint.js';
import { isWeightDtype, WEIGHT_DTYPES } from './dtypes.js';
import type { StoredTensor } from './parse-safetensors-header.js';
import type { SafetensorsFile } from './read-safetensors-header.js';

interface Found {
  readonly file: string;
  readonly stored: StoredTensor;
}

/**
 * Picks the tensors the config asks for out of all files; others (a pooling head, buffers) are left out.
 *
 * @param files by their name in the folder
 * @param index stored tensor name -> file name, or null for a single file
 * @param expected canonical name -> shape
 * @throws CheckpointError `checkpoint_index`, `checkpoint_tensor_twice`, `checkpoint_tensor_missing`,
 *   `checkpoint_tensor_shape`, `checkpoint_tensor_dtype`
 */
export function collectTensors(
  files: ReadonlyMap<string, SafetensorsFile>,
  index: ReadonlyMap<string, string> | null,
  expected: ReadonlyMap<string, readonly number[]>,
  directory: string,
): Map<string, CheckpointTensor> {
  if (index !== null) checkIndex(files, index);
  const found = byCanonicalName(files);
  const tensors = new Map<string, CheckpointTensor>();
  for (const [name, shape] of expected) {
    const place = found.get(name);
    if (place === undefined) {
      throw new CheckpointError(
        'checkpoint_tensor_missing',
        `${directory} has no tensor ${name} of shape [${shape.join(', ')}], which its config.json asks for`,
      );
    }
    tensors.set(name, check(name, place, shape));
  }
  return tensors;
}

function checkIndex(files: ReadonlyMap<string, SafetensorsFile>, index: ReadonlyMap<string, string>): void {
  const names = new Map([...files].map(([name, { tensors }]) => [name, new Set(tensors.map((t) => t.name))]));
  for (const [tensor, shard] of index) {
    if (names.get(shard)?.has(tensor) === true) continue;
    const other = [...names].find(([, held]) => held.has(tensor))?.[0];
    throw new CheckpointError(
      'checkpoint_index',
      `the index puts tensor ${tensor} into ${files.get(shard)?.file ?? shard}, but it is ${other === undefined ? 'not there' : `in ${other}`}`,
    );
  }
}

function byCanonicalName(files: ReadonlyMap<string, SafetensorsFile>): Map<string, Found> {
  const found = new Map<string, Found>();
  for (const { file, tensors } of files.values()) {
    for (const stored of tensors) {
      const name = canonicalName(stored.name);
      const before = found.get(name);
      if (before !== undefined) {
        throw new CheckpointError(
          'checkpoint_tensor_twice',
          `tensor ${name} is there twice: ${before.stored.name} in ${before.file} and ${stored.name} in ${file}`,
        );
      }
      found.set(name, { file, stored });
    }
  }
  return found;
}

function check(name: string, { file, stored }: Found, shape: readonly number[]): CheckpointTensor {
  const { dtype, byteOffset, byteLength } = stored;
  if (stored.shape.length !== shape.length || stored.shape.some((size, i) => size !== shape[i])) {
    throw new CheckpointError(
      'checkpoint_tensor_shape',
      `${file}: tensor ${stored.name} has shape [${stored.shape.join(', ')}], config.json asks for [${shape.join(', ')}]`,
    );
  }
  if (!isWeightDtype(dtype)) {
    throw new CheckpointError(
      'checkpoint_tensor_dtype',
      `${file}: tensor ${stored.name} has type ${dtype}, only ${WEIGHT_DTYPES.join(', ')} can be used`,
    );
  }
  return { name, file, dtype, shape, byteOffset, byteLength };
}
