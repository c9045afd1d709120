import { mkdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { EnvironmentError, messageOf, PalistreamError } from '../shared/errors.js';
import type { ConvertedLayout } from './converted-layout.js';
import { keepUsed } from './keep-used.js';
import { removeStale } from './remove-stale.js';
import { temporaryFolder } from './temporary-folder.js';
import { type ConversionProgress, writeConverted } from './write-converted.js';

export interface ConvertedFile {
  /** Absolute, links resolved. */
  readonly path: string;
  /**
   * To be called once all that is made from it has it mapped: a temporary one is removed now, as a process that is
   * killed removes nothing. Where what is mapped cannot be removed, as on Windows, it stays until `dispose`.
   */
  settle(): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * The converted weights in the cache folder; when that cannot be written, in a temporary folder of this process,
 * and the warning says so.
 * @throws EnvironmentError `weights_not_writable` when neither can be written
 */
export async function convertedFile(
  layout: ConvertedLayout,
  cacheDirectory: string,
  onWarning: (message: string) => void,
  onProgress?: ConversionProgress,
): Promise<ConvertedFile> {
  try {
    await mkdir(cacheDirectory, { recursive: true });
    await removeStale(cacheDirectory, layout.stem);
    const path = await realpath(await writeConverted(layout, cacheDirectory, onProgress));
    const stop = keepUsed(path);
    return {
      path,
      settle: () => Promise.resolve(),
      dispose: () => {
        stop();
        return Promise.resolve();
      },
    };
  } catch (error) {
    if (error instanceof PalistreamError) throw error; // the checkpoint's fault, no other folder helps
    onWarning(
      `the cache folder ${cacheDirectory} cannot be written (${messageOf(error)}): ` +
        `the converted weights go to a temporary folder and are made again at every start`,
    );
  }
  const folder = await temporaryFolder().catch(refuse);
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    const path = await realpath(await writeConverted(layout, folder, onProgress));
    return { path, settle: () => dispose().catch(() => undefined), dispose };
  } catch (error) {
    await dispose();
    if (error instanceof PalistreamError) throw error;
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  throw new EnvironmentError(
    'weights_not_writable',
    `the converted weights cannot be written to the temporary folder ${tmpdir()}: ${messageOf(error)}; ` +
      `make room there or name a writable cache folder`,
    { cause: error },
  );
}
