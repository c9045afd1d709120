import { access, rm } from 'node:fs/promises';
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
   * Makes sure that the file is there, and gives the folder it lies in.
   * @throws CheckpointError for a damaged weight file, EnvironmentError when no folder can be written
   */
  write(): Promise<string>;
  /**
   * Removes the file: what was made from it holds all that is needed. Another process may be at the same. It stays
   * where it cannot be removed, as on Windows while another process has it mapped.
   */
  discard(): Promise<void>;
  /** To be called once all sessions are open: a temporary copy is removed, and what was made beside it; both are mapped. */
  settle(): Promise<void>;
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
  const made = new Set<ConvertedFile>();
  let latest: Promise<ConvertedFile | null> = Promise.resolve(null);
  const convert = async (earlier: ConvertedFile | null): Promise<ConvertedFile> => {
    if (earlier !== null && (await isThere(earlier.path))) return earlier; // else it was discarded
    const converted = await convertedFile(layout, cacheDirectory, onWarning, onProgress);
    made.add(converted);
    return converted;
  };
  return {
    ...storedWeights(checkpoint, layout, layout.fileName, () => ''),
    stem: layout.stem,
    write: async () => {
      const converting = latest.then(convert);
      latest = converting.catch(() => null);
      return dirname((await converting).path);
    },
    discard: async () => {
      const converted = await latest;
      if (converted !== null) await rm(converted.path, { force: true }).catch(() => undefined);
    },
    settle: async () => {
      await latest;
      for (const converted of made) await converted.settle();
    },
    dispose: async () => {
      await latest;
      for (const converted of made) await converted.dispose();
    },
  };
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
