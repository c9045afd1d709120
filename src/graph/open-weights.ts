import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { commonFolder } from './common-folder.js';
import { convertedFile } from './converted-file.js';
import { convertedLayout } from './converted-layout.js';
import { storedWeights } from './stored-weights.js';
import type { OpenedWeights } from './weights.js';
import type { ConversionProgress } from './write-converted.js';

/**
 * The weights of a checkpoint as float32: where they lie when they are float32 already, otherwise in a converted
 * file that is written once and kept in the cache folder.
 *
 * @param onWarning - hears when the cache folder cannot be written
 * @param onProgress - hears how far a conversion is; never when nothing has to be converted
 * @throws CheckpointError for a damaged weight file, EnvironmentError when no folder can be written
 */
export async function openWeights(
  checkpoint: Checkpoint,
  cacheDirectory: string,
  onWarning: (message: string) => void,
  onProgress?: ConversionProgress,
): Promise<OpenedWeights> {
  const layout = convertedLayout(checkpoint, 'f32');
  const isConverted = layout.weights.length > 0;
  const converted = isConverted ? await convertedFile(layout, cacheDirectory, onWarning, onProgress) : null;
  const convertedNames = new Set(layout.weights.map(({ name }) => name));
  const inPlace = [...checkpoint.tensors.values()].filter(({ name }) => !convertedNames.has(name));
  const files = [...inPlace.map(({ file }) => file), ...(converted === null ? [] : [converted.path])];
  const { folder, paths } = commonFolder([...new Set(files)]);
  const pathOf = (file: string) => paths.get(file) ?? '';
  return {
    ...storedWeights(checkpoint, layout, pathOf(converted?.path ?? ''), pathOf),
    folder,
    settle: async () => converted?.settle(),
    dispose: async () => converted?.dispose(),
  };
}
