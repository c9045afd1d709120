import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.js';
import { loadConfig } from '../../../src/config.js';
import { watchSource } from '../../soak/http.js';
import { modelFolder } from '../cli/run-with-engine.js';
import { call } from './http-calls.js';

const directory = mkdtempSync(join(tmpdir(), 'late-model-'));

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

it('is ready, and takes streams, when the model opens after the process has died three times over it', async () => {
  const cache = join(directory, 'cache');
  mkdirSync(cache);
  let printed = '';
  const stdout = { isTTY: false, write: (text: string) => ((printed += text), true) };
  const stderr = { isTTY: false, write: () => true };
  const ending = new AbortController();
  const server = runCli(['serve', '--port', '0', '--json', '--model', modelFolder(directory)], {
    config: loadConfig({
      PALISTREAM_CACHE_DIR: cache,
      PALISTREAM_DATA_DIR: join(directory, 'data'),
      PALISTREAM_STREAM_ALLOW: '127.0.0.1',
      PATH: '',
    }),
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    signal: ending.signal,
    engine: new URL('../../fixtures/cli/late-engine.ts', import.meta.url).href,
  });
  try {
    await vi.waitFor(() => {
      expect(printed).toContain('\n');
    }, 30_000);
    writeFileSync(join(cache, 'deaths'), ''); // all of them come while the streams wait for the model
    const { url } = JSON.parse(printed) as { url: string };
    await vi.waitFor(async () => {
      expect((await call(`${url}/health/ready`)).status).toBe(200);
    }, 20_000);
    await watchSource(url, 'http://127.0.0.1:9/camera.mjpeg', {}); // throws when it is refused
  } finally {
    ending.abort();
  }
  expect(await server).toBe(130);
});
