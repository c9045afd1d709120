import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartedCli, startCli } from '../e2e/cli/start-cli.js';

export interface ServedPage {
  readonly url: string;
  /** Ends the server as a crash would; its port and its data stay. */
  kill(): Promise<void>;
  /** Starts it again where it was. */
  again(): Promise<void>;
  close(): Promise<void>;
}

/** The real server with the bundled model, a data folder of its own, and the sample videos as cameras. */
export async function servePage(env: NodeJS.ProcessEnv = {}): Promise<ServedPage> {
  const directory = mkdtempSync(join(tmpdir(), 'dashboard-'));
  const settings = {
    PALISTREAM_DATA_DIR: join(directory, 'data'),
    PALISTREAM_CACHE_DIR: join(directory, 'cache'),
    PALISTREAM_STREAM_ALLOW: `file://${join(process.cwd(), 'samples')}`,
    ...env,
  };
  let cli: StartedCli | null = null;
  const start = async (port: string): Promise<string> => {
    cli = startCli(['serve', '--port', port, '--json'], { env: settings });
    let printed = '';
    cli.child.stdout?.on('data', (text: string) => (printed += text));
    await cli.lines(1);
    return (JSON.parse(printed) as { url: string }).url;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    cli?.child.kill(signal);
    await cli?.exit;
  };
  const url = await start('0');
  return {
    url,
    kill: () => end('SIGKILL'),
    again: async () => {
      await start(new URL(url).port);
    },
    close: async () => {
      await end('SIGINT');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Asks the server beside the page. */
export async function post<Body>(url: string, body: unknown = {}): Promise<Body> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}
