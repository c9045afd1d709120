import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { runCli, startCli } from '../cli/start-cli.js';
import { call, idOf, post } from '../delivery/http-calls.js';

const directory = mkdtempSync(join(tmpdir(), 'subscribers-'));
const env = { PALISTREAM_DATA_DIR: join(directory, 'data'), PALISTREAM_CACHE_DIR: join(directory, 'cache') };
const ending: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A Python that has what the sample needs, if there is one. */
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import websockets'], { stdio: 'ignore' }).status === 0,
);
if (python === undefined)
  process.stderr.write(
    '\n*** NO PYTHON WITH websockets: its subscriber is not tested. Install python3-websockets ***\n',
  );

const COMMANDS = [
  [process.execPath, '--import', 'tsx', 'samples/subscribers/node-subscriber.ts'],
  ...(python === undefined ? [] : [[python, 'samples/subscribers/python_subscriber.py']]),
];

async function serve(
  port: string,
  over: NodeJS.ProcessEnv = {},
): Promise<{ url: string; end: (signal: NodeJS.Signals) => Promise<unknown> }> {
  const cli = startCli(['serve', '--port', port, '--json'], { env: { ...env, ...over } });
  let printed = '';
  cli.child.stdout?.on('data', (text: string) => (printed += text));
  const end = (signal: NodeJS.Signals): Promise<unknown> => {
    cli.child.kill(signal);
    return cli.exit;
  };
  ending.push(() => end('SIGINT'));
  await cli.lines(1);
  return { url: (JSON.parse(printed) as { url: string }).url, end };
}

interface Subscriber {
  readonly lines: string[];
  readonly notices: string[];
  /** Its exit code, when it ends by itself. */
  readonly ended: Promise<number | null>;
  /** Interrupts it as Ctrl+C does; its exit code. */
  readonly end: () => Promise<number | null>;
}

function subscribe(command: readonly string[], url: string, key = ''): Subscriber {
  const [program = '', ...args] = command;
  const child: ChildProcess = spawn(program, args, {
    env: { ...process.env, PALISTREAM_URL: url, PALISTREAM_API_KEY: key },
  });
  const exit = new Promise<number | null>((done) => child.once('close', done));
  const subscriber: Subscriber = {
    lines: [],
    notices: [],
    ended: exit,
    end: () => {
      child.kill('SIGINT');
      return exit;
    },
  };
  collect(child.stdout, subscriber.lines);
  collect(child.stderr, subscriber.notices);
  ending.push(subscriber.end);
  return subscriber;
}

function collect(stream: ChildProcess['stdout'], lines: string[]): void {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    const [last = '', ...whole] = (rest + text).split('\n').reverse();
    rest = last;
    lines.push(...whole.reverse());
  });
}

const numbers = (lines: readonly string[]): number[] => lines.map((line) => Number(line.split('\t')[0]));
const captions = (lines: readonly string[]): string[] => lines.filter((line) => line.includes('caption: '));

it(
  'follows the newest video over the death of the server, and misses nothing and prints nothing twice',
  { timeout: 180_000 },
  async () => {
    const first = await serve('0');
    const form = new FormData();
    form.set('plan', JSON.stringify({ tasks: [{ task: 'captions', window_seconds: 1, frames: 2 }] }));
    form.set('file', await openAsBlob('samples/dog-chases-cat.mp4'), 'dog.mp4');
    const sent = await call(`${first.url}/v1/videos`, { method: 'POST', body: form });
    expect(sent.status).toBe(201);
    const subscribers = COMMANDS.map((command) => subscribe(command, first.url));
    await vi.waitFor(
      () => {
        for (const { lines } of subscribers) expect(captions(lines).length).toBeGreaterThanOrEqual(2);
      },
      { timeout: 30_000, interval: 5 },
    );
    await first.end('SIGKILL');
    await vi.waitFor(() => {
      for (const { notices } of subscribers) expect(notices.at(-1)).toContain('again in');
    }, 10_000);
    const before = subscribers.map(({ lines }) => lines.length);

    const { url } = await serve(new URL(first.url).port);
    expect(url).toBe(first.url);
    // Something comes after the cut also where the first job was faster than it.
    const question = { tasks: [{ task: 'ask', question: 'what is chased?' }] };
    expect((await post(`${url}/v1/videos/${idOf(sent)}/jobs`, question)).status).toBe(202);
    const [node] = subscribers;
    await vi.waitFor(
      () => {
        for (const { lines } of subscribers)
          expect(lines.filter((line) => line.endsWith('state: done'))).toHaveLength(2);
      },
      { timeout: 60_000, interval: 20 },
    );
    for (const [i, { lines, notices, end }] of subscribers.entries()) {
      expect(lines.length).toBeGreaterThan(before[i] ?? Infinity);
      expect(numbers(lines)).toEqual(lines.map((_, k) => k + 1));
      expect(captions(lines)).toHaveLength(10);
      expect(lines.some((line) => line.includes('answer to "what is chased?": '))).toBe(true);
      expect(lines).toEqual(node?.lines);
      expect(notices.filter((notice) => notice.startsWith('following'))).toEqual([
        `following videos/${idOf(sent)} after 0`,
        `following videos/${idOf(sent)} after ${before[i] ?? NaN}`,
      ]);
      expect(await end()).toBe(0);
      expect(notices.at(-1)).toContain(`--after ${lines.length}`);
    }
  },
);

it(
  'shows its key where the server asks for one, and ends when it has none or it counts no more',
  { timeout: 400_000 },
  async () => {
    const data = { PALISTREAM_DATA_DIR: join(directory, 'keyed') };
    const makeKey = async (name: string, ...options: string[]): Promise<string> =>
      (await runCli(['keys', 'create', name, ...options], { env: data })).stdout.trim();
    const admin = await makeKey('admin', '--scope', 'read,manage');
    const { url } = await serve('0', data);
    const form = new FormData();
    form.set('plan', JSON.stringify({ tasks: [{ task: 'summary' }] }));
    form.set('file', await openAsBlob('samples/dog-chases-cat.mp4'), 'dog.mp4');
    const headers = { authorization: `Bearer ${admin}` };
    const sent = await call(`${url}/v1/videos`, { method: 'POST', body: form, headers });
    expect(sent.status).toBe(201);
    const topic = `videos/${idOf(sent)}`;
    const reader = await makeKey('reader', '--scope', 'read', '--topic', topic);
    await vi.waitFor(async () => {
      const shown = { headers: { authorization: `Bearer ${reader}` } };
      expect((await call(`${url}/v1/${topic}`, shown)).status).toBe(200);
    }, 10_000);

    const refused = COMMANDS.flatMap((command) => [
      { ...subscribe(command, url, 'psk_unknown'), why: 'unknown, revoked or expired' },
      { ...subscribe([...command, topic], url), why: 'send a valid API key' },
      { ...subscribe([...command, 'videos/other'], url, reader), why: 'does not reach "videos/other"' },
    ]);
    for (const { ended, notices, why } of refused) {
      expect(await ended).toBe(1);
      expect(notices.at(-1)).toContain(why);
    }
    const followers = COMMANDS.map((command) => subscribe(command, url, reader));
    await vi.waitFor(
      () => {
        for (const { lines } of followers) expect(lines.at(-1)).toContain('state: done');
      },
      { timeout: 60_000, interval: 50 },
    );
    await runCli(['keys', 'revoke', 'reader'], { env: data });
    for (const { ended, lines, notices } of followers) {
      expect(await ended).toBe(1);
      expect(notices.at(-1)).toMatch(/key/);
      expect(numbers(lines)).toEqual(lines.map((_, i) => i + 1));
    }
  },
);
