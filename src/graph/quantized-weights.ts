import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { convertedFile, type ConvertedFile } from './converted-file.js';
import { convertedLayout } from './converted-layout.js';
import type { Precision } from './precision.js';
import { storedWeights } from './stored-weights.js';
import type { Weights } from './weights.js';
import type { ConversionProgress } from './write-converted.js';

/** Weights that a graph can be built on before they are written, and need not be when the graph is known already. */
export interface QuantizedWeights extends Weights {
  /** Names checkpoint, precision and format: what is made from these weights is kept under names that begin so. */
  readonly stem: string;
  /**
   * Makes sure that the file is there, once, and gives the folder it lies in.
   * @throws CheckpointError for a damaged weight file, EnvironmentError when no folder can be written
   */
  write(): Promise<string>;
  /** Removes the file: what was made from it holds all that is needed. Another process may be at the same. */
  discard(): Promise<void>;
  /** Removes what was made for this process alone. */
  dispose(): Promise<void>;
}

/** The weights of a checkpoint in 8 or 4 bits, all of them in one file. */
export function quantizedWeights(
  checkpoint: Checkpoint,
  precision: Exclude<Precision, 'f32'>,
  cacheDirectory: string,
  onWarning: (message: string) => void,
  onProgress?: ConversionProgress,
): QuantizedWeights {
  const layout = convertedLayout(checkpoint, precision);
  let converted: Promise<ConvertedFile> | null = null;
  return {
    ...storedWeights(checkpoint, layout, layout.fileName, () => ''),
    stem: layout.stem,
    write: async () => {
      converted ??= convertedFile(layout, cacheDirectory, onWarning, onProgress);
      return dirname((await converted).path);
    },
    discard: async () => {
      if (converted !== null) await rm((await converted).path, { force: true });
    },
    dispose: async () => (await converted?.catch(() => null))?.dispose(),
  };
}
