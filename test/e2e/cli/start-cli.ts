import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll } from 'vitest';

const CLI = resolve('dist/cli.js');
const MARK = 'PALISTREAM_TEST_RUN';

export interface CliExit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartedCli {
  readonly child: ChildProcess;
  readonly exit: Promise<CliExit>;
  /** Resolves when stdout has had so many lines. */
  lines(count: number): Promise<void>;
  /** Number and command line of the processes of this run, at any depth, that live (Linux; elsewhere none are seen). */
  left(): string[];
}

export interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Runs that have not ended. What a test that fails leaves behind goes with its file. */
const running = new Set<number>();
afterAll(() => {
  for (const group of running) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // it has ended meanwhile
    }
  }
});

/** Starts the built command line in a process group of its own, as a terminal would. */
export function startCli(args: readonly string[], options: StartOptions = {}): StartedCli {
  const mark = randomUUID();
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, PALISTREAM_MODEL: '', ...options.env, [MARK]: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid !== undefined) {
    running.add(pid);
    child.on('exit', () => running.delete(pid));
  }
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exit = new Promise<CliExit>((done) => {
    child.on('close', (code) => {
      done({ code, stdout, stderr });
    });
  });
  const lines = (count: number): Promise<void> =>
    new Promise((done, fail) => {
      const look = (): void => {
        if (stdout.split('\n').length > count) done();
      };
      child.stdout.on('data', look);
      child.on('close', () => {
        fail(new Error(`ended before line ${count}: ${stdout}${stderr}`));
      });
      look();
    });
  return { child, exit, lines, left: () => processesWith(`${MARK}=${mark}`) };
}

/** Runs the built command line to its end. */
export function runCli(args: readonly string[], options: StartOptions = {}): Promise<CliExit> {
  return startCli(args, options).exit;
}

function processesWith(variable: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable);
        return isOurs ? [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`] : [];
      } catch {
        return []; // it has ended meanwhile, or is not ours to see
      }
    });
}
