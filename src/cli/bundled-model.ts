import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the model that comes with the package; `src/cli` and `dist/cli` lie equally deep. */
export function bundledModelDirectory(): string {
  return fileURLToPath(new URL('../../models/nano', import.meta.url));
}

export function isBundledModel(directory: string): boolean {
  return resolve(directory) === resolve(bundledModelDirectory());
}

/** Folder of the sample videos that come with the package. */
export function samplesDirectory(): string {
  return fileURLToPath(new URL('../../samples', import.meta.url));
}

/** Folder of the built dashboard; `src/cli` and `dist/cli` lie equally deep. */
export function dashboardDirectory(): string {
  return fileURLToPath(new URL('../../dist/dashboard', import.meta.url));
}
