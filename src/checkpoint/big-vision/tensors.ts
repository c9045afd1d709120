import { CheckpointError } from '../../shared/errors.js';
import type { CheckpointTensor } from '../checkpoint.js';
import type { PaliGemmaConfig } from '../config.js';
import { expectedTensors } from '../expected-tensors.js';
import type { NpzPlace } from '../read-npz-places.js';
import { bigVisionSources, type BigVisionSource } from './sources.js';

const EMBEDDINGS = 'language_model.embed_tokens.weight';

/**
 * The tensors the config asks for, as stretches of an npz file that are turned while they are read.
 *
 * @param arrays by name, without `params/`
 * @param file absolute, links resolved
 * @throws CheckpointError `checkpoint_tensor_missing`, `checkpoint_tensor_shape`
 */
export function bigVisionTensors(
  arrays: ReadonlyMap<string, NpzPlace>,
  config: PaliGemmaConfig,
  file: string,
): Map<string, CheckpointTensor> {
  const sources = bigVisionSources(config);
  const tensors = new Map<string, CheckpointTensor>();
  for (const [name, shape] of expectedTensors(config, true)) {
    const source = sources.get(name);
    const place = source === undefined ? undefined : arrays.get(source.key);
    if (source === undefined || place === undefined) {
      throw new CheckpointError(
        'checkpoint_tensor_missing',
        `${file} has no array ${source?.key ?? name} of floating-point numbers in C order, from which ${name} comes`,
      );
    }
    tensors.set(name, tensorOf(name, shape, source, place, config, file));
  }
  return tensors;
}

function tensorOf(
  name: string,
  shape: readonly number[],
  { key, select, order }: BigVisionSource,
  place: NpzPlace,
  config: PaliGemmaConfig,
  file: string,
): CheckpointTensor {
  const stored = place.shape.slice(select.length);
  const axes = order ?? stored.map((_, axis) => axis);
  const turned = axes.map((axis) => stored[axis] ?? 0);
  const isInside = select.every((index, axis) => index < (place.shape[axis] ?? 0));
  const wanted = name === EMBEDDINGS ? [config.imageTokenId, ...shape.slice(1)] : shape;
  if (!isInside || axes.length !== stored.length || !joinsTo(turned, wanted)) {
    throw new CheckpointError(
      'checkpoint_tensor_shape',
      `${file}: ${key} has shape [${place.shape.join(', ')}], of which ${name} [${wanted.join(', ')}] cannot be made`,
    );
  }
  const byteLength = stored.reduce((product, size) => product * size, place.bytesPerNumber);
  const index = select.reduce((sum, i, axis) => sum * (place.shape[axis] ?? 1) + i, 0);
  return {
    name,
    file,
    dtype: place.dtype,
    shape,
    byteOffset: place.byteOffset + index * byteLength,
    byteLength,
    layout: { stored, order: axes, ...(place.entry === null ? {} : { entry: place.entry }) },
  };
}

/** Whether neighbouring sizes multiply to the wanted ones, in order. */
function joinsTo(sizes: readonly number[], wanted: readonly number[]): boolean {
  let next = 0;
  for (const size of wanted) {
    let product = 1;
    do product *= sizes[next++] ?? NaN;
    while (product < size);
    if (product !== size) return false;
  }
  return sizes.slice(next).every((size) => size === 1);
}
