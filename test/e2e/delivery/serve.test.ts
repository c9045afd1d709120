import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ModelState } from '../../../src/delivery/served-model.js';
import { modelFolder, runWithEngine } from '../cli/run-with-engine.js';
import { runCli, startCli } from '../cli/start-cli.js';
import { scriptedServer } from './scripted-server.js';

const MODEL = ['--model', 'test/fixtures/paligemma-tiny/paligemma1-tiny-f32'];
const directory = mkdtempSync(join(tmpdir(), 'serve-'));
const env = { PALISTREAM_CACHE_DIR: join(directory, 'cache'), PALISTREAM_DATA_DIR: join(directory, 'data') };

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function get(url: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
}

/** A port of this machine that another server has. */
async function takenPort(): Promise<{ other: Server; port: number }> {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  return { other, port: (other.address() as AddressInfo).port };
}

/** What stderr has beside the log. */
function complaints(stderr: string): string[] {
  return stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('{'));
}

describe('the server', () => {
  it('lives before the model does, and is ready with it', async () => {
    let state: ModelState = { state: 'loading' };
    const server = await scriptedServer({ services: { modelState: () => state } });
    try {
      expect(await get(`${server.url}/health/live`)).toEqual({ status: 200, body: { status: 'ok' } });
      expect(await get(`${server.url}/health/ready`)).toMatchObject({
        status: 503,
        body: { status: 'loading', message: 'the model is being opened: wait' },
      });
      expect((await get(`${server.url}/v1/models`)).body).toEqual({ object: 'list', data: [] });
      const model = {
        name: 'nano',
        family: 'PaliGemma',
        precision: 'f32',
        parameters: 5,
        imageSize: 96,
        tokensPerFrame: 36,
      };
      state = { state: 'ready', model };
      expect(await get(`${server.url}/health/ready`)).toMatchObject({ status: 200, body: { status: 'ok' } });
      state = { state: 'restarting', model };
      expect(await get(`${server.url}/health/ready`)).toMatchObject({
        status: 503,
        body: { status: 'restarting' },
      });
      expect((await get(`${server.url}/v1/models`)).body).toMatchObject({
        data: [{ id: 'nano', ready: false }],
      });
      state = { state: 'failed', code: 'checkpoint_config', message: 'damaged' };
      expect((await get(`${server.url}/health/ready`)).body).toMatchObject({ code: 'checkpoint_config' });
    } finally {
      await server.close();
    }
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow();
  });

  it('listens on this machine only', async () => {
    const start = scriptedServer({ host: '0.0.0.0' });
    await expect(start).rejects.toMatchObject({ code: 'host_not_loopback' });
  });

  it('says when the port is taken', async () => {
    const { other, port } = await takenPort();
    const start = scriptedServer({ port });
    await expect(start).rejects.toMatchObject({ code: 'port_unavailable' });
    const cli = await runCli(['serve', '--port', String(port), ...MODEL], { env });
    other.close();
    expect(cli.code).toBe(2);
    expect(complaints(cli.stderr)).toEqual([
      expect.stringMatching(/^palistream: .* cannot listen on 127\.0\.0\.1 /),
    ]);
  });

  it('says so at once, however long its model takes to open', async () => {
    const { other, port } = await takenPort();
    const cache = join(directory, 'late');
    mkdirSync(cache);
    const cli = await runWithEngine(['serve', '--port', String(port), '--model', modelFolder(directory)], {
      engine: 'late-engine', // which opens when it is told to: never
      cache,
      env: { PALISTREAM_DATA_DIR: join(directory, 'late-data') },
      signal: AbortSignal.timeout(30_000),
    });
    other.close();
    expect(cli.code).toBe(2);
    expect(complaints(cli.stderr)).toEqual([
      expect.stringMatching(/^palistream: .* cannot listen on 127\.0\.0\.1 /),
    ]);
    expect(cli.stderr).not.toContain('nobody foresaw');
  });
});

describe('palistream serve', () => {
  it('answers until it is told to end', async () => {
    const cli = startCli(['serve', '--port', '0', '--json', ...MODEL], { env });
    let printed = '';
    cli.child.stdout?.on('data', (text: string) => (printed += text));
    await cli.lines(1);
    const { url } = JSON.parse(printed) as { url: string };
    await vi.waitFor(async () => {
      expect((await get(`${url}/health/ready`)).status).toBe(200);
    }, 20_000);
    expect((await get(`${url}/v1/models`)).body).toMatchObject({
      object: 'list',
      data: [
        { id: 'paligemma1-tiny-f32', object: 'model', ready: true, image_size: 56, tokens_per_frame: 16 },
      ],
    });
    cli.child.kill('SIGINT');
    const { code, stderr } = await cli.exit;
    expect(code).toBe(130);
    const logged = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(logged.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining([
        'server listens',
        'model ready',
        'request answered',
        'server ends',
        'server ended',
      ]),
    );
    expect(cli.left()).toEqual([]);
  });

  it.each([
    [['--host', '0.0.0.0', ...MODEL], 'without API keys'],
    [['--model', '/nowhere', '--port', '0'], '/nowhere'],
    [['--port', '70000'], "'70000' is invalid"],
  ])('says in one line why it cannot with %j', async (args, message) => {
    const { code, stderr } = await runCli(['serve', ...args], { env });
    expect(code).toBe(2);
    expect(complaints(stderr)).toEqual([expect.stringMatching(/^palistream: /)]);
    expect(stderr).toContain(message);
  });
});
