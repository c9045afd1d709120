import { fileURLToPath } from 'node:url';

/** Folder of the model that comes with the package; `src/cli` and `dist/cli` lie equally deep. */
export function bundledModelDirectory(): string {
  return fileURLToPath(new URL('../../models/nano', import.meta.url));
}

/** Folder of the sample videos that come with the package. */
export function samplesDirectory(): string {
  return fileURLToPath(new URL('../../samples', import.meta.url));
}
