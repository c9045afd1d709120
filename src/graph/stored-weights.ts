import type { Checkpoint, CheckpointTensor } from '../checkpoint/checkpoint.js';
import { readTensor } from '../checkpoint/read-tensor.js';
import { BugError } from '../shared/errors.js';
import type { ConvertedLayout } from './converted-layout.js';
import type { WeightLocation, Weights } from './weights.js';

/**
 * The weights of a checkpoint by name, as graphs ask for them: what the layout has is in the converted file, all
 * else where it lies in the checkpoint. The converted file need not be there yet.
 *
 * @param convertedPath - of the converted file, below the folder of all weights
 * @param pathOf - of a file of the checkpoint, below the same folder
 */
export function storedWeights(
  checkpoint: Checkpoint,
  layout: ConvertedLayout,
  convertedPath: string,
  pathOf: (file: string) => string,
): Weights {
  const stored = new Map(layout.weights.map((weight) => [weight.name, weight]));
  const find = (name: string): CheckpointTensor => {
    const tensor = checkpoint.tensors.get(name);
    if (tensor === undefined)
      throw new BugError('tensor_unknown', `the checkpoint has no tensor named ${name}`);
    return tensor;
  };
  const format = (name: string) => stored.get(name)?.format ?? (find(name), 'float');
  const partsOf = (name: string): WeightLocation[] => {
    const weight = stored.get(name);
    if (weight !== undefined) {
      return weight.parts.map(({ type, shape, byteOffset }) => ({
        type,
        shape,
        byteOffset,
        path: convertedPath,
      }));
    }
    const { file, byteOffset, shape } = find(name);
    return [{ path: pathOf(file), byteOffset, shape }];
  };
  const otherwise = (name: string) =>
    new BugError('weight_format', `${name} is stored as ${format(name)} and was asked for otherwise`);

  return {
    parameters: parametersOf(checkpoint),
    has: (name) => stored.has(name) || checkpoint.tensors.has(name),
    format,
    locate: (name) => {
      const [first, ...others] = partsOf(name);
      if (first === undefined || others.length > 0) throw otherwise(name);
      return first;
    },
    locateParts: (name) => {
      const [numbers, scales] = partsOf(name);
      if (numbers === undefined || scales === undefined) throw otherwise(name);
      return [numbers, scales];
    },
    columns: (name) => (stored.get(name)?.shape ?? find(name).shape)[1] ?? 1,
    read: (name) => readTensor(find(name)),
  };
}

/** How many numbers a checkpoint has. */
export function parametersOf({ tensors }: Pick<Checkpoint, 'tensors'>): number {
  return [...tensors.values()].reduce(
    (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  );
}
