import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../../src/cli/run-cli.js';
import { loadConfig } from '../../../src/config.js';
import type { CliExit } from './start-cli.js';

const TINY = 'test/fixtures/paligemma-tiny/paligemma1-tiny-f32';

/** Makes a model folder that looks like a checkpoint; what it says comes from an engine module. */
export function modelFolder(parent: string): string {
  const folder = join(parent, 'model');
  mkdirSync(folder);
  cpSync(TINY, folder, { recursive: true, filter: (path) => !path.includes('frames') });
  return folder;
}

/** Runs a command line in this process, the model process being an engine module of `test/fixtures/cli`. */
export async function runWithEngine(
  args: readonly string[],
  options: {
    readonly engine: string;
    readonly cache: string;
    readonly signal?: AbortSignal;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<CliExit> {
  const told = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    ({
      isTTY: false,
      write: (text: string) => ((told[name] += text), true),
    }) as unknown as NodeJS.WriteStream;
  const code = await runCli(args, {
    config: loadConfig({ PALISTREAM_CACHE_DIR: options.cache, PATH: '', ...options.env }),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    signal: options.signal ?? new AbortController().signal,
    engine: new URL(`../../fixtures/cli/${options.engine}.ts`, import.meta.url).href,
  });
  return { code, ...told };
}
