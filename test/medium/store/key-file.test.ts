import { chown, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyFile } from '../../../src/store/keys/key-file.js';
import type { StoredKey } from '../../../src/store/keys/stored-key.js';

const key = (name: string): StoredKey => ({
  ...{ id: `aaaaaaa${name}`, name, scopes: ['read'], topics: ['*'], hash: 'a'.repeat(64) },
  ...{ createdMs: 0, expiresMs: null },
});
const USER = 1234;
const GROUP = 4321;

let folder: string;
let file: KeyFile;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
  file = new KeyFile(join(folder, 'keys.json'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const owner = async () => {
  const { uid, gid, mode } = await stat(file.path);
  return { uid, gid, mode: mode & 0o777 };
};

// Elsewhere nobody can give a file away.
describe.skipIf(process.getuid?.() !== 0)('a file of keys that root changes', () => {
  it('stays the file of its owner, who reads it on', async () => {
    await file.add(key('a'));
    await file.add(key('b'));
    await chown(file.path, USER, GROUP);
    await file.remove('a');
    expect(await owner()).toEqual({ uid: USER, gid: GROUP, mode: 0o600 });
    expect((await file.list()).map(({ name }) => name)).toEqual(['b']);
  });

  it('becomes a file of the owner of the folder when there was none', async () => {
    await chown(folder, USER, GROUP);
    await file.add(key('a'));
    expect(await owner()).toEqual({ uid: USER, gid: GROUP, mode: 0o600 });
  });

  it('stays root’s where everything is', async () => {
    await file.add(key('a'));
    expect(await owner()).toMatchObject({ uid: 0, mode: 0o600 });
  });
});
