import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeVideo, testPicture } from './make-video.js';
import { startCli } from './start-cli.js';

const MODEL = ['--model', 'test/fixtures/paligemma-tiny/paligemma1-tiny-f32', '--max-new-tokens', '8'];
const directory = mkdtempSync(join(tmpdir(), 'ending-'));
const env = { PALISTREAM_CACHE_DIR: join(directory, 'cache') };
const video = join(directory, 'long.mp4');

beforeAll(async () => {
  await makeVideo(video, testPicture(120));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A caption for each of 600 windows: long enough to be in its midst. */
const start = (...more: string[]) =>
  startCli(['caption', video, '--every', '0.2', '--quiet', ...MODEL, ...more], { env });

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  it.each(['group', 'process'])('ends everything at once when it comes to the %s', async (whom) => {
    const cli = start();
    await cli.lines(2);
    expect(cli.left().length).toBeGreaterThanOrEqual(2);
    const pid = cli.child.pid ?? 0;
    const begun = performance.now();
    process.kill(whom === 'group' ? -pid : pid, 'SIGINT');
    const { code, stderr } = await cli.exit;
    expect({ code, stderr, left: cli.left() }).toEqual({ code: 130, stderr: '', left: [] });
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('leaves no converted weights in the temporary folder', async () => {
    const temporary = mkdtempSync(join(directory, 'temporary-'));
    const file = join(directory, 'file');
    writeFileSync(file, '');
    const cli = startCli(['caption', video, '--every', '0.2', '--quiet', ...MODEL, '--precision', 'int8'], {
      env: { PALISTREAM_CACHE_DIR: join(file, 'cache'), TMPDIR: temporary },
    });
    await cli.lines(2);
    process.kill(-(cli.child.pid ?? 0), 'SIGINT');
    expect((await cli.exit).code).toBe(130);
    expect(cli.left()).toEqual([]);
    const left = readdirSync(temporary).filter((name) => name.startsWith('palistream')); // onnxruntime leaves a log
    expect(left).toEqual([]);
  });

  it('ends everything while the model is still opening, and leaves no half-written file', async () => {
    const output = join(directory, 'out.txt');
    const cli = start('--output', output);
    await vi.waitFor(() => {
      expect(cli.left().some((command) => command.includes('model-process-child'))).toBe(true);
    }, 20_000);
    process.kill(-(cli.child.pid ?? 0), 'SIGINT');
    expect(await cli.exit).toMatchObject({ code: 130, stderr: '' });
    expect(cli.left()).toEqual([]);
    expect(readdirSync(directory).filter((name) => name.startsWith('out'))).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('the end of the program', () => {
  it('takes its children along when it is terminated', async () => {
    const cli = start();
    await cli.lines(1);
    cli.child.kill('SIGTERM');
    expect((await cli.exit).code).toBe(143);
    expect(cli.left()).toEqual([]);
  });

  it('is followed by its children when it is killed outright', async () => {
    const cli = start();
    await cli.lines(1);
    cli.child.kill('SIGKILL');
    await vi.waitFor(
      () => {
        expect(cli.left()).toEqual([]);
      },
      { timeout: 10_000, interval: 50 },
    );
  });

  it('comes quietly when nobody reads any more', async () => {
    const cli = start();
    await cli.lines(1);
    cli.child.stdout?.destroy();
    const { code, stderr } = await cli.exit;
    expect({ code, stderr, left: cli.left() }).toEqual({ code: 141, stderr: '', left: [] });
  });
});

describe.skipIf(process.platform !== 'linux')('a model process that is killed', () => {
  it('is replaced, and no caption is lost', async () => {
    const cli = startCli(['caption', video, '--every', '4', '--quiet', ...MODEL], { env });
    await cli.lines(1);
    const model = cli.left().find((process) => process.includes('model-process-child')) ?? '';
    process.kill(Number.parseInt(model, 10), 'SIGKILL');
    const { code, stdout, stderr } = await cli.exit;
    expect({ code, stderr, lines: stdout.trimEnd().split('\n').length }).toEqual({
      code: 0,
      stderr: '',
      lines: 30,
    });
  });
});
