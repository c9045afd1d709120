import { readFileSync } from 'node:fs';
import { type StartedCli, startCli } from '../e2e/cli/start-cli.js';

export interface ServedOptions {
  /** What the server keeps lies here, and the next server takes it up. */
  readonly data: string;
  /** 0 takes a free one. */
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** A process of the server. */
export interface ServedProcess {
  readonly pid: number;
  readonly role: 'server' | 'model' | 'ffmpeg' | 'other';
}

/** The real server with the bundled model, as `palistream serve` starts it. Whoever started it stops it. */
export class Served {
  private constructor(
    readonly url: string,
    private readonly cli: StartedCli,
  ) {}

  static async start({ data, port = 0, env = {} }: ServedOptions): Promise<Served> {
    const cli = startCli(['serve', '--port', String(port), '--json'], {
      env: {
        PALISTREAM_DATA_DIR: `${data}/data`,
        PALISTREAM_CACHE_DIR: `${data}/cache`,
        PALISTREAM_STREAM_ALLOW: '127.0.0.1',
        PALISTREAM_LOG_LEVEL: 'error',
        ...env,
      },
    });
    let printed = '';
    cli.child.stdout?.on('data', (text: string) => (printed += text));
    await cli.lines(1);
    return new Served((JSON.parse(printed) as { url: string }).url, cli);
  }

  get pid(): number {
    return this.cli.child.pid ?? 0;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Those that live, children included (Linux). */
  processes(): ServedProcess[] {
    return this.cli.left().map((line) => {
      const [pid = '', ...command] = line.split(' ');
      return { pid: Number(pid), role: roleOf(Number(pid), command.join(' '), this.pid) };
    });
  }

  /** Memory that a process has in use; null when it has gone. */
  residentBytes(role: 'server' | 'model'): number | null {
    const found = this.processes().find((process) => process.role === role);
    return found === undefined ? null : residentBytes(found.pid);
  }

  /** Kills the server alone, outright; resolves when all its children have followed it. */
  async kill(): Promise<void> {
    this.cli.child.kill('SIGKILL');
    await this.cli.exit;
    await this.#allGone();
  }

  /** Ends it in peace. @returns what it wrote to stderr */
  async stop(): Promise<string> {
    this.cli.child.kill('SIGINT');
    const { stderr } = await this.cli.exit;
    await this.#allGone();
    return stderr;
  }

  async #allGone(): Promise<void> {
    for (let tries = 0; this.cli.left().length > 0; tries++) {
      if (tries > 300) throw new Error(`processes were left behind: ${this.cli.left().join('; ')}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function roleOf(pid: number, command: string, server: number): ServedProcess['role'] {
  if (pid === server) return 'server';
  if (command.includes('model-process-child')) return 'model';
  return /ffmpeg|ffprobe/.test(command) ? 'ffmpeg' : 'other';
}

function residentBytes(pid: number): number | null {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
