import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, readlink, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AdaptedModule, writeAdapter } from '../../fixtures/checkpoint/adapter.js';
import { COMMIT, type HubServer, NAME } from '../../fixtures/checkpoint/hub-server.js';
import { writeMerged } from '../../fixtures/checkpoint/merged.js';
import { tinyHub } from '../checkpoint/hub/tiny-hub.js';
import { FIXTURES, temporaryFolder } from '../checkpoint/tampered-checkpoint.js';
import { type Ran, runInProcess } from './run-in-process.js';

const TINY = join(FIXTURES, 'paligemma1-tiny-f32');
const FRAME = join(TINY, 'frames', '00.png');

/** A command line on a machine of its own: its caches are in a new folder. */
async function machine(
  hub: Pick<HubServer, 'endpoint'> = { endpoint: 'http://127.0.0.1:9' },
): Promise<{ home: string; run: (...args: string[]) => Promise<Ran>; env: Record<string, string> }> {
  const home = await temporaryFolder();
  const env: Record<string, string> = {
    HF_ENDPOINT: hub.endpoint,
    HF_HOME: join(home, 'hf'),
    PALISTREAM_CACHE_DIR: join(home, 'cache'),
  };
  return { home, env, run: (...args) => runInProcess(args, env) };
}

const snapshot = (home: string) => join(home, 'hf/hub/models--google--paligemma-tiny/snapshots', COMMIT);

describe('palistream pull', () => {
  it('fetches into the cache, says where, and lists it among the models', async () => {
    const hub = await tinyHub();
    const { home, run } = await machine(hub);
    const { code, stdout, stderr } = await run('pull', NAME);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toContain(`${NAME} is in ${snapshot(home)}\n  4 files, 1.9 MB, 1.9 MB fetched\n`);
    expect(stdout).toContain(`use it with --model ${NAME}`);
    expect(stderr).toMatch(/palistream: model\.safetensors: 100 %, 1\.9 MB of 1\.9 MB/);
    const again = await run('pull', NAME, '--json', '--quiet');
    expect(JSON.parse(again.stdout)).toMatchObject({
      repository: NAME,
      revision: 'main',
      commit: COMMIT,
      directory: snapshot(home),
      fetched_bytes: 0,
    });
    expect(again.stderr).toBe('');
    const listed = (await run('models', '--json')).stdout.trim().split('\n');
    expect(listed.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({ name: NAME, from: 'huggingface', directory: snapshot(home), problem: null }),
    );
  });

  it('takes the token of another tool’s login, and tells what to do without one', async () => {
    const hub = await tinyHub('paligemma1-tiny-f32', { gated: { token: 'hf_login', accepted: true } });
    const { home, run } = await machine(hub);
    const refused = await run('pull', NAME);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/is gated: accept its licence at http.*set HF_TOKEN to it\n$/);
    await mkdir(join(home, 'hf'), { recursive: true });
    await writeFile(join(home, 'hf', 'token'), 'hf_login\n');
    expect(await run('pull', NAME, '--quiet')).toMatchObject({ code: 0, stderr: '' });
  });

  it('asks nobody when it is told to be offline, and refuses names that are none', async () => {
    const { env } = await machine();
    const offline = await runInProcess(['pull', NAME], { ...env, HF_HUB_OFFLINE: '1' });
    expect(offline).toMatchObject({ code: 2, stdout: '' });
    expect(offline.stderr).toContain('HF_HUB_OFFLINE forbids');
    const bad = await runInProcess(['pull', 'no-owner'], env);
    expect(bad).toMatchObject({ code: 2 });
    expect(bad.stderr).toContain('is no repository: write owner/name');
  });

  it('copies from a folder', async () => {
    const { home, run } = await machine();
    const to = join(home, 'copy');
    expect(await run('pull', TINY, '--to', to, '--quiet')).toMatchObject({ code: 0, stderr: '' });
    expect((await readdir(to)).sort()).toEqual([
      'config.json',
      'model.safetensors',
      'preprocessor_config.json',
      'tokenizer.json',
    ]);
    expect(await readFile(join(to, 'model.safetensors'))).toEqual(
      await readFile(join(TINY, 'model.safetensors')),
    );
    expect((await run('pull', to, '--to', to)).stderr).toContain('--to names the folder');
    expect((await run('pull', TINY)).stdout).toContain(`use it with --model ${TINY}`);
  });
});

describe('palistream models', () => {
  it('verify finds what has changed on the disk, and pull mends it', async () => {
    const hub = await tinyHub();
    const { home, run } = await machine(hub);
    await run('pull', NAME);
    expect(await run('models', 'verify', NAME)).toMatchObject({ code: 0 });
    const blob = await realpath(join(snapshot(home), 'model.safetensors'));
    const bytes = await readFile(blob);
    await writeFile(blob, bytes.fill(0, 1_000_000, 1_000_010));
    const { code, stdout, stderr } = await run('models', 'verify', NAME, '--quiet');
    expect(code).toBe(2);
    expect(stdout).toContain('damaged  model.safetensors (1.7 MB)\nright    preprocessor_config.json');
    expect(stderr).toContain(`remove ${blob} and run palistream pull ${NAME} again`);
    await rm(blob);
    const json = JSON.parse((await run('models', 'verify', NAME, '--json')).stdout) as {
      files: { state: string }[];
    };
    expect(json.files.map(({ state }) => state)).toEqual(['right', 'missing', 'right', 'right']);
    await run('pull', NAME);
    expect(await run('models', 'verify', NAME)).toMatchObject({ code: 0 });
  });

  it('verify tells how a folder is mended that was fetched with --to', async () => {
    const hub = await tinyHub();
    const { home, run } = await machine(hub);
    const to = join(home, 'here');
    await run('pull', NAME, '--to', to);
    const weights = join(to, 'model.safetensors');
    await writeFile(weights, (await readFile(weights)).fill(0, 1_000_000, 1_000_010));
    const { code, stderr } = await run('models', 'verify', to, '--quiet');
    expect(code).toBe(2);
    expect(stderr).toContain(`remove ${weights} and run palistream pull OWNER/NAME --to ${to} again`);
    await rm(weights);
    await run('pull', NAME, '--to', to);
    expect(await run('models', 'verify', to)).toMatchObject({ code: 0 });
  });

  it('verify says of a folder without checksums that it knows none', async () => {
    const { run } = await machine();
    const { code, stdout } = await run('models', 'verify', TINY);
    expect(code).toBe(0);
    expect(stdout).toContain('unknown  model.safetensors');
    expect(await run('models', 'verify', join(TINY, 'none'))).toMatchObject({ code: 2 });
  });

  it('rm removes the model and what was converted from it, and nothing else', async () => {
    const hub = await tinyHub('paligemma2-tiny-bf16');
    const { home, run } = await machine(hub);
    await run('pull', NAME);
    const args = ['--frames', FRAME, '--prompt', 'caption en', '--max-new-tokens', '1', '--threads', '1'];
    expect(await run('generate', '--model', NAME, ...args)).toMatchObject({ code: 0 });
    const other = join(home, 'hf/hub/models--someone--else');
    await mkdir(other);
    await writeFile(join(home, 'cache', 'another'), '');
    expect((await readdir(join(home, 'cache'))).length).toBeGreaterThan(1);
    const { code, stdout } = await run('models', 'rm', NAME);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${NAME} is removed, 1.2 MB are free again\n` });
    expect(await readdir(join(home, 'cache'))).toEqual(['another']);
    expect(await readdir(join(home, 'hf/hub'))).toEqual(['.locks', 'models--someone--else']);
    expect(await run('models', 'rm', NAME)).toMatchObject({ code: 2 });
    expect((await run('models', 'rm', '../../etc')).stderr).toContain('is no repository');
  });

  it('rm of one state keeps the bytes of the others', async () => {
    const hub = await tinyHub();
    const { home, run } = await machine(hub);
    await run('pull', NAME);
    const root = join(home, 'hf/hub/models--google--paligemma-tiny');
    const older = join(root, 'snapshots', 'a'.repeat(40));
    await mkdir(older);
    await symlink(await readlink(join(snapshot(home), 'tokenizer.json')), join(older, 'tokenizer.json'));
    await run('models', 'rm', `${NAME}@main`);
    expect(existsSync(snapshot(home))).toBe(false);
    expect(await readdir(join(root, 'blobs'))).toHaveLength(1);
    expect(existsSync(join(older, 'tokenizer.json'))).toBe(true);
  });
});

describe('--model and --adapter', () => {
  it('name a model by its repository once it is in the cache', async () => {
    const { run } = await machine();
    const { code, stderr } = await run(
      'generate',
      '--model',
      NAME,
      '--frames',
      FRAME,
      '--prompt',
      'caption en',
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`fetch it with palistream pull ${NAME}`);
  });

  it('answer as the merged checkpoint does', async () => {
    const { home, run } = await machine();
    const modules: (AdaptedModule & { weight: string; scale: number })[] = [0, 1, 2, 3].map((layer) => ({
      module: `language_model.model.layers.${layer}.self_attn.q_proj`,
      weight: `language_model.layers.${layer}.self_attn.q_proj.weight`,
      ...{ rows: 128, columns: [64], rank: 4, scale: 6 / 4 },
    }));
    const [adapter, merged] = [join(home, 'adapter'), join(home, 'merged')];
    await writeAdapter(adapter, modules);
    await writeMerged(TINY, merged, modules);
    const ask = async (
      ...args: string[]
    ): Promise<{ ids: number[]; steps: { top_logprobs: number[] }[] }> => {
      const ran = await run(
        ...[
          'generate',
          '--frames',
          FRAME,
          '--prompt',
          'caption en',
          '--json',
          '--threads',
          '1',
          '--max-new-tokens',
          '3',
          ...args,
        ],
      );
      expect(ran.stderr).toBe('');
      return JSON.parse(ran.stdout) as { ids: number[]; steps: { top_logprobs: number[] }[] };
    };
    const plain = await ask('--model', TINY);
    const adapted = await ask('--model', TINY, '--adapter', adapter);
    const wanted = await ask('--model', merged);
    expect(adapted.ids).toEqual(wanted.ids);
    const first = (answer: typeof plain) => answer.steps[0]?.top_logprobs ?? [];
    first(adapted).forEach((value, i) => {
      expect(value).toBeCloseTo(first(wanted)[i] ?? NaN, 5);
    });
    expect(Math.abs((first(adapted)[0] ?? 0) - (first(plain)[0] ?? 0))).toBeGreaterThan(1e-3);
  });
});
