import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * A program of ours for `fork`: the module of this name beside another, compiled or not. Under tsx and vitest both are
 * TypeScript, and tsx has to be loaded first.
 *
 * @param url - `import.meta.url` of the module beside it
 */
export function entryBeside(
  url: string,
  name: string,
): { readonly entry: URL; readonly execArgv: readonly string[] } {
  const extension = extname(fileURLToPath(url));
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return {
    entry: new URL(`./${name}${extension}`, url),
    execArgv: extension === '.ts' ? ['--import', loader()] : [],
  };
}
