import { runCli } from '../../../src/cli/run-cli.js';
import { loadConfig } from '../../../src/config.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process with the given environment and no other. */
export async function runInProcess(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  const told = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    ({
      isTTY: false,
      write: (text: string) => ((told[name] += text), true),
    }) as unknown as NodeJS.WriteStream;
  const code = await runCli(args, {
    config: loadConfig({ PATH: '', ...env }),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    signal: new AbortController().signal,
  });
  return { code, ...told };
}
