import { lstat, mkdir, readFile, readlink, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pauseFor } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { findSnapshot } from '../../../../src/checkpoint/hub/find-snapshot.js';
import { lockFolder } from '../../../../src/checkpoint/hub/lock-folder.js';
import type { PullProgress } from '../../../../src/checkpoint/hub/pull-repository.js';
import { verifyFiles } from '../../../../src/checkpoint/hub/verify-files.js';
import { openCheckpoint } from '../../../../src/checkpoint/open-checkpoint.js';
import { PalistreamError } from '../../../../src/shared/errors.js';
import { bigVisionNpz } from '../../../fixtures/checkpoint/big-vision.js';
import { COMMIT, NAME } from '../../../fixtures/checkpoint/hub-server.js';
import { FIXTURES } from '../tampered-checkpoint.js';
import { emptyCache, filesAsked, pullFrom, tinyHub } from './tiny-hub.js';

const WEIGHTS = 'model.safetensors';
const NEEDED = ['config.json', 'preprocessor_config.json', 'tokenizer.json', WEIGHTS];
const FOLDER = 'models--google--paligemma-tiny';
const none = new AbortController().signal;

async function failure(work: Promise<unknown>): Promise<PalistreamError> {
  const thrown: unknown = await work.then(
    () => 'it went well',
    (error: unknown) => error,
  );
  if (!(thrown instanceof PalistreamError))
    throw new Error(`it did not fail as it should: ${String(thrown)}`);
  expect(thrown.message).not.toContain('\n');
  return thrown;
}

describe('pullRepository', () => {
  it('fetches what is needed, nothing else, into the layout of the Hub', async () => {
    const hub = await tinyHub('paligemma1-tiny-f32', { pageSize: 2 });
    const cache = await emptyCache();
    const { directory, commit, files, fetchedBytes } = await pullFrom(hub, { cache });
    expect(commit).toBe(COMMIT);
    expect(directory).toBe(join(cache, FOLDER, 'snapshots', COMMIT));
    expect(filesAsked(hub).sort()).toEqual([...NEEDED].sort());
    expect(fetchedBytes).toBe(files.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(await readFile(join(cache, FOLDER, 'refs', 'main'), 'utf8')).toBe(COMMIT);
    for (const { path, checksum } of files) {
      expect(await readlink(join(directory, path))).toBe(join('..', '..', 'blobs', checksum.hex));
      expect(checksum.hex).toHaveLength(path === WEIGHTS || path === 'tokenizer.json' ? 64 : 40);
    }
    const plain = await openCheckpoint(join(FIXTURES, 'paligemma1-tiny-f32'));
    expect([...(await openCheckpoint(directory)).tensors.keys()]).toEqual([...plain.tensors.keys()]);
    expect(findSnapshot(cache, { name: NAME, revision: null })).toBe(directory);
    expect((await verifyFiles(directory, () => undefined, none)).map(({ state }) => state)).toEqual(
      Array(4).fill('right'),
    );
  });

  it('fetches shards and their index', async () => {
    const hub = await tinyHub('paligemma1-tiny-bf16-sharded');
    const { directory } = await pullFrom(hub, { cache: await emptyCache() });
    expect((await openCheckpoint(directory)).tensors.size).toBe(93);
    expect(filesAsked(hub)).toHaveLength(6);
  });

  it('asks for no file that is there, whoever fetched it', async () => {
    const hub = await tinyHub();
    const cache = await emptyCache();
    const { directory } = await pullFrom(hub, { cache });
    hub.requests.length = 0;
    const again = await pullFrom(hub, { cache, repository: { name: NAME, revision: 'v1' } });
    expect(again).toMatchObject({ directory, fetchedBytes: 0 });
    expect(filesAsked(hub)).toEqual([]);
    expect(findSnapshot(cache, { name: NAME, revision: 'v1' })).toBe(directory);
  });

  it('keeps the token from the content network', async () => {
    const hub = await tinyHub('paligemma1-tiny-f32', { gated: { token: 'hf_secret', accepted: true } });
    await pullFrom(hub, { cache: await emptyCache(), token: 'hf_secret' });
    const sent = (server: string) =>
      new Set(hub.requests.filter((r) => r.server === server).map((r) => r.authorization));
    expect(sent('hub')).toEqual(new Set(['Bearer hf_secret']));
    expect(sent('cdn')).toEqual(new Set([null]));
  });

  it('goes on where it was cut, again and again', async () => {
    const hub = await tinyHub('paligemma1-tiny-f32', {
      cuts: new Map([[WEIGHTS, [500_000, 300_000, 200_000]]]),
    });
    const progress: PullProgress[] = [];
    const { directory, pauses } = await pullFrom(hub, {
      cache: await emptyCache(),
      onProgress: (step) => progress.push(step),
    });
    const ranges = hub.requests.filter(({ server }) => server === 'cdn').map(({ range }) => range);
    const asked = ranges.flatMap((range) => (range === null ? [] : [Number(/\d+/.exec(range)?.[0])]));
    expect(asked).toHaveLength(3);
    expect(asked[0]).toBeGreaterThan(0);
    expect(asked).toEqual([...asked].sort((a, b) => a - b));
    expect(pauses).toEqual([1000, 1000, 1000]);
    expect((await openCheckpoint(directory)).tensors.size).toBe(93);
    const last = progress.at(-1);
    expect(last?.done).toBe(last?.total);
    progress.forEach((step, i) => {
      const before = progress[i - 1];
      if (before?.total === step.total) expect(step.done).toBeGreaterThanOrEqual(before.done);
    });
  });

  it('goes on in a later run', async () => {
    const behaviour = { cuts: new Map([[WEIGHTS, [600_000, 0, 0, 0, 0, 0, 0]]]) };
    const hub = await tinyHub('paligemma1-tiny-f32', behaviour);
    const cache = await emptyCache();
    const error = await failure(pullFrom(hub, { cache }));
    expect(error).toMatchObject({ code: 'download_interrupted' });
    expect(error.message).toContain('run the same command again');
    expect(findSnapshot(cache, { name: NAME, revision: null })).toBeNull(); // no ref to something unfinished
    behaviour.cuts.clear();
    hub.requests.length = 0;
    const { fetchedBytes } = await pullFrom(hub, { cache });
    expect(fetchedBytes).toBeLessThan(1_666_976 - 500_000);
    expect(filesAsked(hub)[0]).toMatch(/^model\.safetensors bytes=\d{6}-1666975$/);
  });

  it('starts again with a server that knows no ranges', async () => {
    const hub = await tinyHub('paligemma1-tiny-f32', {
      cuts: new Map([[WEIGHTS, [500_000]]]),
      ignoresRanges: true,
    });
    const { directory } = await pullFrom(hub, { cache: await emptyCache() });
    expect((await stat(join(directory, WEIGHTS))).size).toBe(1_666_976);
  });

  it('does not join parts of files of different sizes', async () => {
    const hub = await tinyHub('paligemma1-tiny-f32', {
      cuts: new Map([[WEIGHTS, [500_000]]]),
      otherSize: true,
    });
    const { directory } = await pullFrom(hub, { cache: await emptyCache() });
    const ranges = hub.requests.filter(({ server }) => server === 'cdn').map(({ range }) => range !== null);
    expect(ranges).toEqual([false, false, true, false]); // tokenizer; weights, cut; their rest, refused; all of them
    expect(
      (await verifyFiles(directory, () => undefined, none)).every(({ state }) => state === 'right'),
    ).toBe(true);
  });

  it('fetches what came damaged once more, and gives up when it stays so', async () => {
    const once = await tinyHub('paligemma1-tiny-f32', { damaged: new Map([[WEIGHTS, 1]]) });
    const { directory } = await pullFrom(once, { cache: await emptyCache() });
    expect((await openCheckpoint(directory)).tensors.size).toBe(93);

    const always = await tinyHub('paligemma1-tiny-f32', { damaged: new Map([[WEIGHTS, 9]]) });
    const cache = await emptyCache();
    expect(await failure(pullFrom(always, { cache }))).toMatchObject({ code: 'download_damaged' });
    await expect(lstat(join(cache, FOLDER, 'snapshots', COMMIT, WEIGHTS))).rejects.toThrow('ENOENT');
  });

  it('fetches an npz of big_vision into a folder that has a tokenizer', async () => {
    const hub = await tinyHub();
    const tokenizer = hub.files.get('tokenizer.json') ?? Buffer.alloc(0);
    hub.files.set('pt.npz', await bigVisionNpz(join(FIXTURES, 'paligemma1-tiny-f32'), 'float32'));
    for (const name of NEEDED) hub.files.delete(name);
    const cache = await emptyCache();
    const error = await failure(pullFrom(hub, { cache }));
    expect(error).toMatchObject({ code: 'checkpoint_file_missing' });
    expect(error.message).toContain('pull with --to that folder');
    expect(filesAsked(hub)).toEqual([]);
    const to = join(cache, '..', 'jax');
    await mkdir(to, { recursive: true });
    await writeFile(join(to, 'tokenizer.json'), tokenizer);
    const { directory } = await pullFrom(hub, { cache, to });
    expect((await openCheckpoint(directory)).tensors.size).toBe(93);
  });

  it('refuses a model of another kind before its weights', async () => {
    const hub = await tinyHub();
    hub.files.set('config.json', Buffer.from('{"model_type":"llama"}'));
    expect(await failure(pullFrom(hub, { cache: await emptyCache() }))).toMatchObject({
      code: 'checkpoint_config',
    });
    expect(filesAsked(hub)).toEqual(['config.json']);
  });

  it('refuses to begin when the disk has too little room', async () => {
    const hub = await tinyHub('paligemma1-tiny-f32', { toldBytes: new Map([[WEIGHTS, 9e15]]) });
    const error = await failure(pullFrom(hub, { cache: await emptyCache() }));
    expect(error.code).toBe('disk_space');
    expect(error.message).toContain('9000000.0 GB are needed');
    expect(filesAsked(hub)).toEqual(['config.json']);
  });

  it('refuses to begin where another process is at it', async () => {
    const hub = await tinyHub();
    const cache = await emptyCache();
    const unlock = await lockFolder(join(cache, '.locks', FOLDER, 'palistream.lock'), NAME);
    expect(await failure(pullFrom(hub, { cache }))).toMatchObject({ code: 'pull_in_progress' });
    await unlock();
    await pullFrom(hub, { cache });
  });

  it('gives back in silence a lock that another process took meanwhile for a dead one', async () => {
    const lockFile = join(await emptyCache(), '.locks', FOLDER, 'palistream.lock');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const unlock = await lockFolder(lockFile, NAME);
    await rmdir(lockFile);
    vi.advanceTimersByTime(10_000); // half of the time a lock holds: it is renewed then
    vi.useRealTimers();
    await pauseFor(100); // it has looked for its folder
    const theirs = await lockFolder(lockFile, NAME);
    await unlock();
    expect((await stat(lockFile)).isDirectory()).toBe(true);
    await theirs();
  });

  it('ends when it is cancelled', async () => {
    const hub = await tinyHub();
    const stop = new AbortController();
    const work = pullFrom(hub, {
      cache: await emptyCache(),
      signal: stop.signal,
      onProgress: ({ file }) => {
        if (file === WEIGHTS) stop.abort();
      },
    });
    expect(await failure(work)).toMatchObject({ code: 'cancelled' });
  });

  it('fills a folder with plain files, from the cache where it can', async () => {
    const hub = await tinyHub();
    const cache = await emptyCache();
    await pullFrom(hub, { cache });
    hub.requests.length = 0;
    const to = join(cache, '..', 'here');
    const { directory, fetchedBytes } = await pullFrom(hub, { cache, to });
    expect({ directory, fetchedBytes }).toEqual({ directory: to, fetchedBytes: 0 });
    expect(filesAsked(hub)).toEqual([]);
    expect((await lstat(join(to, WEIGHTS))).isFile()).toBe(true);
    const record = await readFile(join(to, '.cache/huggingface/download', `${WEIGHTS}.metadata`), 'utf8');
    expect(record).toMatch(new RegExp(`^${COMMIT}\n[0-9a-f]{64}\n[\\d.]+\n$`));

    await writeFile(join(to, WEIGHTS), (await readFile(join(to, WEIGHTS))).fill(1, 900_000));
    const states = (await verifyFiles(to, () => undefined, none)).map(({ path, state }) => [path, state]);
    expect(states.filter(([, state]) => state !== 'right')).toEqual([[WEIGHTS, 'damaged']]);
    await pullFrom(hub, { cache, to });
    expect((await verifyFiles(to, () => undefined, none)).every(({ state }) => state === 'right')).toBe(true);
  });

  it('says what is wrong with a folder that cannot be written', async () => {
    const hub = await tinyHub();
    const cache = await emptyCache();
    await mkdir(cache, { recursive: true });
    await writeFile(join(cache, FOLDER), 'a file in the way');
    expect(await failure(pullFrom(hub, { cache }))).toMatchObject({ code: 'pull_not_writable' });
  });
});

describe('what the Hub refuses', () => {
  it('is told with what to do: a gated model', async () => {
    const hub = await tinyHub('paligemma1-tiny-f32', { gated: { token: 'hf_right', accepted: false } });
    const cache = await emptyCache();
    const without = await failure(pullFrom(hub, { cache }));
    expect(without.code).toBe('hub_gated');
    expect(without.message).toContain(`accept its licence at ${hub.endpoint}/${NAME}`);
    expect(without.message).toContain('set HF_TOKEN');
    const notYet = await failure(pullFrom(hub, { cache, token: 'hf_right' }));
    expect(notYet.code).toBe('hub_gated');
    expect(notYet.message).toContain("with the token's account");
    const wrong = await failure(pullFrom(hub, { cache, token: 'hf_wrong' }));
    expect(wrong.code).toBe('hub_token');
    for (const { message } of [without, notYet, wrong]) expect(message).not.toMatch(/hf_(right|wrong)/);
  });

  it.each<[string, string, string | null, string, RegExp]>([
    ['no such repository', 'google/nothing', null, 'repository_missing', /or is private: set HF_TOKEN/],
    ['no such revision', NAME, 'v9', 'revision_missing', /no revision v9/],
  ])('is told with what to do: %s', async (_, name, revision, code, words) => {
    const hub = await tinyHub();
    const error = await failure(pullFrom(hub, { cache: await emptyCache(), repository: { name, revision } }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(words);
  });

  it.each([
    [429, 'hub_busy'],
    [503, 'hub_busy'],
    [418, 'hub_answer'],
  ])('is told with what to do: status %i', async (status, code) => {
    const hub = await tinyHub('paligemma1-tiny-f32', { failures: [status] });
    expect(await failure(pullFrom(hub, { cache: await emptyCache() }))).toMatchObject({ code });
  });

  it('is told with what to do: nobody answers', async () => {
    const hub = await tinyHub();
    await hub.close();
    const error = await failure(pullFrom(hub, { cache: await emptyCache() }));
    expect(error.code).toBe('hub_unreachable');
    expect(error.message).toContain('ECONNREFUSED');
  });

  it.each(['revision', 'tree'] as const)(
    'is told with what to do: the answer for the %s is cut',
    async (answer) => {
      const hub = await tinyHub('paligemma1-tiny-f32', { half: { answer, then: 'cut' } });
      const error = await failure(pullFrom(hub, { cache: await emptyCache() }));
      expect(error).toMatchObject({ name: 'RetryableError', code: 'hub_unreachable' });
      expect(error.message).toMatch(/cannot be reached \(.+\): check the network/);
    },
  );

  it('is told with what to do: an answer that stands still', async () => {
    const hub = await tinyHub('paligemma1-tiny-f32', { half: { answer: 'tree', then: 'nothing' } });
    const fetches = vi.spyOn(globalThis, 'fetch');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
      fetches.mockRestore();
    });
    const failed = failure(pullFrom(hub, { cache: await emptyCache() }));
    while (fetches.mock.settledResults[1]?.type !== 'fulfilled') await nextTurn();
    await nextTurn(); // the answer is being read
    vi.advanceTimersByTime(30_000);
    const error = await failed;
    expect(error.code).toBe('hub_unreachable');
    expect(error.message).toContain('nothing came for 30 s');
  });

  it('is told with what to do: a repository for transformers.js, or without weights', async () => {
    const hub = await tinyHub();
    hub.files.delete(WEIGHTS);
    const error = await failure(pullFrom(hub, { cache: await emptyCache() }));
    expect(error).toMatchObject({ code: 'checkpoint_no_weights' });
    expect(error.message).toContain('another format');
    hub.files.set('onnx/vision_encoder.onnx', Buffer.alloc(9));
    expect((await failure(pullFrom(hub, { cache: await emptyCache() }))).message).toMatch(
      /transformers\.js; pull the original repository with its safetensors/,
    );
  });
});
