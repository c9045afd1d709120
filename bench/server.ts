/**
 * The delay of the server's event loop while its model works: starts `dist/cli.js serve`, has it caption the sample
 * videos over and over, and reads the delay from inside.
 * `npm run build && npx tsx bench/server.ts [--seconds 20] [--threads 2]`
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { LoopDelay } from './server/watch-loop.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, threads: { type: 'string', default: '2' } },
});
const folder = await mkdtemp(join(tmpdir(), 'server-'));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const watch = new URL('./server/watch-loop.ts', import.meta.url).href;
const server = fork('dist/cli.js', ['serve', '--json', '--port', '0'], {
  execArgv: ['--import', tsx, '--import', watch],
  env: {
    ...process.env,
    PALISTREAM_CACHE_DIR: join(folder, 'cache'),
    PALISTREAM_DATA_DIR: join(folder, 'data'),
    PALISTREAM_THREADS: values.threads,
  },
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
try {
  const url = await address();
  await until(async () => (await fetch(`${url}/health/ready`)).ok);
  server.send('reset');
  const end = performance.now() + 1000 * Number(values.seconds);
  let captions = 0;
  while (performance.now() < end) {
    for (const name of (await readdir('samples')).filter((file) => file.endsWith('.mp4')))
      captions += await caption(url, name);
  }
  server.send('read');
  const [delay] = (await once(server, 'message')) as [LoopDelay];
  process.stdout.write(`${JSON.stringify({ videos: captions, ...delay })}\n`);
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  await rm(folder, { recursive: true, force: true });
}

/** The first line the server prints names where it listens. */
async function address(): Promise<string> {
  let text = '';
  for await (const chunk of server.stdout ?? []) {
    text += String(chunk);
    const found = /http:\/\/[\d.]+:\d+/.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  throw new Error(`the server ended: ${text}`);
}

/** Uploads a video, waits for its captions, and deletes it. */
async function caption(url: string, name: string): Promise<number> {
  const form = new FormData();
  form.set('file', new Blob([await readFile(join('samples', name))]), name);
  const answer = (await (await fetch(`${url}/v1/videos`, { method: 'POST', body: form })).json()) as {
    id: string;
    job: { id: string };
  };
  await until(async () => {
    const job = (await (await fetch(`${url}/v1/jobs/${answer.job.id}`)).json()) as { state: string };
    return !['waiting', 'queued', 'running'].includes(job.state);
  });
  await fetch(`${url}/v1/videos/${answer.id}`, { method: 'DELETE' });
  return 1;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 120_000;
  while (!(await isTrue().catch(() => false))) {
    if (performance.now() > end) throw new Error('the server took longer than two minutes');
    await wait(50);
  }
}
