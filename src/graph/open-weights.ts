import type { Checkpoint, CheckpointTensor } from '../checkpoint/checkpoint.js';
import { readTensor } from '../checkpoint/read-tensor.js';
import { BugError } from '../shared/errors.js';
import { commonFolder } from './common-folder.js';
import { convertedFile } from './converted-file.js';
import { convertedLayout, type StoredWeight } from './converted-layout.js';
import type { Precision } from './precision.js';
import type { WeightLocation, Weights } from './weights.js';
import type { ConversionProgress } from './write-converted.js';

export interface WeightOptions {
  readonly precision?: Precision;
  /** Hears how far a conversion is; never when nothing has to be converted. */
  readonly onProgress?: ConversionProgress;
}

/**
 * The weights of a checkpoint in a precision. In float32 they are used where they lie when they are float32 already;
 * everything else is converted into a file that is written once and kept in the cache folder.
 *
 * @param onWarning - hears when the cache folder cannot be written
 * @throws CheckpointError for a damaged weight file, EnvironmentError when no folder can be written
 */
export async function openWeights(
  checkpoint: Checkpoint,
  cacheDirectory: string,
  onWarning: (message: string) => void,
  { precision = 'f32', onProgress }: WeightOptions = {},
): Promise<Weights> {
  const layout = convertedLayout(checkpoint, precision);
  const isConverted = layout.weights.length > 0;
  const converted = isConverted ? await convertedFile(layout, cacheDirectory, onWarning, onProgress) : null;
  const stored = new Map(layout.weights.map((weight) => [weight.name, weight]));
  const inPlace =
    precision === 'f32' ? [...checkpoint.tensors.values()].filter(({ name }) => !stored.has(name)) : [];
  const files = [...inPlace.map(({ file }) => file), ...(converted === null ? [] : [converted.path])];
  const { folder, paths } = commonFolder([...new Set(files)]);

  const partsOf = (name: string): WeightLocation[] => {
    const weight = stored.get(name);
    if (weight !== undefined)
      return weight.parts.map((part) => ({ ...part, path: paths.get(converted?.path ?? '') ?? '' }));
    const { file, byteOffset, shape } = tensorOf(checkpoint, name);
    return [{ path: paths.get(file) ?? '', byteOffset, shape }];
  };
  return {
    folder,
    parameters: parametersOf(checkpoint),
    has: (name) => stored.has(name) || checkpoint.tensors.has(name),
    format: (name) => stored.get(name)?.format ?? (tensorOf(checkpoint, name), 'float'),
    locate: (name) => {
      const [first, ...others] = partsOf(name);
      if (first === undefined || others.length > 0) throw storedOtherwise(name, stored.get(name));
      return first;
    },
    locateParts: (name) => {
      const [numbers, scales] = partsOf(name);
      if (numbers === undefined || scales === undefined) throw storedOtherwise(name, stored.get(name));
      return [numbers, scales];
    },
    columns: (name) => (stored.get(name)?.shape ?? tensorOf(checkpoint, name).shape)[1] ?? 1,
    read: (name) => readTensor(tensorOf(checkpoint, name)),
    dispose: async () => converted?.dispose(),
  };
}

/** How many numbers a checkpoint has. */
export function parametersOf({ tensors }: Checkpoint): number {
  return [...tensors.values()].reduce(
    (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  );
}

function tensorOf({ tensors }: Checkpoint, name: string): CheckpointTensor {
  const tensor = tensors.get(name);
  if (tensor === undefined)
    throw new BugError('tensor_unknown', `the checkpoint has no tensor named ${name}`);
  return tensor;
}

function storedOtherwise(name: string, weight: StoredWeight | undefined): BugError {
  return new BugError(
    'weight_format',
    `${name} is stored as ${weight?.format ?? 'float'} and was asked for otherwise`,
  );
}
