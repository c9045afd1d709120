import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from './start-cli.js';

const TINY = resolve('test/fixtures/paligemma-tiny/paligemma2-tiny-bf16');
const directory = mkdtempSync(join(tmpdir(), 'doctor-'));
const env = { PALISTREAM_MODEL: TINY, PALISTREAM_CACHE_DIR: join(directory, 'cache') };

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly advice: string | null;
}

describe('doctor', () => {
  it('finds everything that is needed, with nothing but Node on the PATH', async () => {
    const { code, stdout, stderr } = await runCli(['doctor', '--json'], {
      env: { ...env, PATH: '/nowhere' },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Check[] };
    expect(ok).toBe(true);
    const names = ['node', 'machine', 'onnxruntime', 'ffmpeg', 'ffprobe', 'model', 'cache'];
    expect(checks.map((check) => check.name)).toEqual(names);
    const found = new Map(checks.map((check) => [check.name, check.found]));
    expect(found.get('node')).toContain(process.version);
    expect(found.get('onnxruntime')).toMatch(/^1\.\d+\.\d+.* providers: .*cpu/);
    expect(found.get('ffmpeg')).toContain('from an npm package');
    expect(found.get('model')).toContain(TINY);
  });

  it('says which ffmpeg should not be fed videos of strangers', async () => {
    const { stdout } = await runCli(['doctor'], { env: { ...env, PATH: '/nowhere' } });
    expect(stdout).toMatch(/^note {2}ffmpeg .*\n +this ffmpeg is from 2018, .*do not feed it videos/m);
  });

  it('names what is broken, all of it, and fails', async () => {
    const notFolder = join(directory, 'file');
    writeFileSync(notFolder, '');
    const broken = {
      PALISTREAM_MODEL: '/nowhere',
      FFMPEG_PATH: notFolder,
      PALISTREAM_CACHE_DIR: join(notFolder, 'cache'),
    };
    const { code, stdout, stderr } = await runCli(['doctor'], { env: broken });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'palistream: not all that is needed works (ffmpeg, model, cache): mend it and try again\n',
    );
    expect(stdout.match(/^FAIL/gm)?.length).toBe(3);
  });

  it('is not reached with settings that cannot be', async () => {
    const bad = { ...env, PALISTREAM_THREADS: 'many', PALISTREAM_PORT: 'x' };
    const { code, stdout, stderr } = await runCli(['doctor'], { env: bad });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^palistream: .*PALISTREAM_THREADS .*PALISTREAM_PORT [^\n]*\n$/);
  });
});

describe('models', () => {
  it('lists the models of the settings, of Hugging Face’s cache and those named, and their problems', async () => {
    const hub = join(directory, 'hub');
    const snapshot = join(hub, 'models--google--paligemma2-tiny', 'snapshots', 'abc');
    cpSync(TINY, snapshot, { recursive: true, filter: (path) => !path.includes('frames') });
    mkdirSync(join(hub, 'models--google--gemma-2b', 'snapshots', 'abc'), { recursive: true });
    const { code, stdout } = await runCli(['models', '--json', '--model', directory], {
      env: { ...env, HF_HUB_CACHE: hub },
    });
    expect(code).toBe(0);
    const models = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(models.map((model) => model.from)).toEqual(['bundled', 'setting', 'argument', 'huggingface']);
    expect(models[1]).toMatchObject({
      family: 'PaliGemma 2',
      image_size: 56,
      directory: TINY,
      problem: null,
    });
    expect(models[1]?.dtypes).toEqual(['BF16']);
    expect(models[1]?.parameters).toBeGreaterThan(100_000);
    expect(models[2]?.problem).toContain('config.json');
    expect(models[3]).toMatchObject({ name: 'google/paligemma2-tiny', directory: snapshot, problem: null });
  });
});

describe('the command line', () => {
  it('shows its help and version', async () => {
    const help = await runCli(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const command of ['caption', 'ask', 'generate', 'models', 'doctor', 'serve', 'demo']) {
      expect(help.stdout).toContain(`\n  ${command}`);
      const own = await runCli([command, '--help']);
      expect(own).toMatchObject({ code: 0, stderr: '' });
      expect(own.stdout).toContain(`Usage: palistream ${command}`);
    }
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n' });
  });

  it.each([
    [['captoin', 'x.mp4'], "unknown command 'captoin' (Did you mean caption?)"],
    [['caption'], "missing required argument 'file'"],
    [['caption', 'a', 'b'], 'too many arguments'],
    [['caption', 'a', '--frmes', '2'], "unknown option '--frmes'"],
    [['caption', 'a', '--json', '--format', 'vtt'], 'cannot be used with'],
    [['caption', 'a', '--lang', 'English'], 'language code'],
    [['caption', 'a', '--start', '2', '--end', '1'], '--end must be after --start'],
  ])('refuses %j in one line', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^palistream: [^\n]*\n$/);
    expect(stderr).toContain(message);
  });
});
