import type { Checkpoint, CheckpointTensor } from '../checkpoint/checkpoint.js';
import { readTensor } from '../checkpoint/read-tensor.js';
import { BugError } from '../shared/errors.js';
import { commonFolder } from './common-folder.js';
import { convertedFile } from './converted-file.js';
import { convertedLayout } from './converted-layout.js';
import type { Weights } from './weights.js';

/**
 * The weights of a checkpoint as float32: where they lie when they are float32 already, otherwise in a converted
 * file that is written once and kept in the cache folder.
 *
 * @param onWarning - hears when the cache folder cannot be written
 * @throws CheckpointError for a damaged weight file, EnvironmentError when no folder can be written
 */
export async function openWeights(
  checkpoint: Checkpoint,
  cacheDirectory: string,
  onWarning: (message: string) => void,
): Promise<Weights> {
  const layout = convertedLayout(checkpoint);
  const converted = layout.places.length > 0 ? await convertedFile(layout, cacheDirectory, onWarning) : null;
  const offsets = new Map(layout.places.map(({ tensor, byteOffset }) => [tensor.name, byteOffset]));

  const find = (name: string): CheckpointTensor => {
    const tensor = checkpoint.tensors.get(name);
    if (tensor === undefined)
      throw new BugError('tensor_unknown', `the checkpoint has no tensor named ${name}`);
    return tensor;
  };
  const place = (tensor: CheckpointTensor) => {
    const byteOffset = offsets.get(tensor.name);
    return byteOffset === undefined || converted === null
      ? { file: tensor.file, byteOffset: tensor.byteOffset }
      : { file: converted.path, byteOffset };
  };
  const tensors = [...checkpoint.tensors.values()];
  const { folder, paths } = commonFolder([...new Set(tensors.map((tensor) => place(tensor).file))]);

  return {
    folder,
    parameters: tensors.reduce(
      (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
      0,
    ),
    has: (name) => checkpoint.tensors.has(name),
    locate: (name) => {
      const tensor = find(name);
      const { file, byteOffset } = place(tensor);
      return { path: paths.get(file) ?? '', byteOffset, shape: tensor.shape };
    },
    read: (name) => readTensor(find(name)),
    dispose: async () => converted?.dispose(),
  };
}
