import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../../../src/graph/temporary-folder.js';

it.skipIf(process.platform === 'win32')(
  'removes the folders of processes that are gone, and no others',
  async () => {
    const own = await mkdtemp(join(tmpdir(), 'temporary-'));
    onTestFinished(() => rm(own, { recursive: true, force: true }));
    vi.stubEnv('TMPDIR', own);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const { pid: gone } = spawnSync(process.execPath, ['--version']);
    const left = [
      `palistream-${hostname()}-${gone}-abcdef`,
      `palistream-${hostname()}-${process.pid}-abcdef`, // of a container that had the same number before
    ];
    const others = [
      `palistream-${hostname()}-${process.ppid}-abcdef`,
      `palistream-elsewhere-${gone}-abcdef`,
      `palistream-${hostname()}-${gone}`,
    ];
    for (const name of [...left, ...others]) {
      await mkdir(join(own, name));
      await writeFile(join(own, name, 'x.weights'), '');
    }
    const folders = [await temporaryFolder(), await temporaryFolder()];
    expect(folders.map((folder) => dirname(folder))).toEqual([own, own]);
    expect((await readdir(own)).sort()).toEqual(
      [...others, ...folders.map((folder) => basename(folder))].sort(),
    );
  },
);
