import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/sqlite/open-store.js';
import { migrate } from '../../../src/store/sqlite/migrate.js';
import { storePath, temporaryStore } from './temporary-store.js';

const WRITER = new URL('../../fixtures/store/append-for-ever.ts', import.meta.url).pathname;

/** Lets the writer work until it has told so many lines, then kills it in the midst of it. */
async function linesUntilKilled(path: string, count: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > count) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.on('close', resolve));
  return told.split('\n').slice(0, -1);
}

it('loses no event that was kept and repeats no number when the process is killed', async () => {
  const path = storePath();
  const told = new Map<string, string>();
  for (const count of [5, 60, 300]) {
    for (const line of await linesUntilKilled(path, count)) {
      const [topic = '', seq = '', ...text] = line.split(' ');
      expect(told.has(`${topic} ${seq}`)).toBe(false);
      told.set(`${topic} ${seq}`, text.join(' '));
    }
    const store = openStore(path);
    for (const topic of ['streams/0', 'streams/1']) {
      const events = await store.events.after(topic, 0, 1e6);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
      expect(events.length % 2).toBe(0); // two are written at once: both or none
      const kept = new Map(events.map(({ seq, event }) => [`${topic} ${String(seq)}`, event['text']]));
      for (const [number, text] of told) if (number.startsWith(topic)) expect(kept.get(number)).toBe(text);
      for (const [number, text] of kept) told.set(number, String(text)); // kept, though nobody was told any more
    }
    await store.close();
  }
});

it('belongs to one process at a time', async () => {
  const path = storePath();
  const store = temporaryStore(path);
  const other = `import('./src/store/sqlite/open-store.ts').then(({ openStore }) => openStore(${JSON.stringify(path)})).catch((e) => console.log(e.code))`;
  const run = () =>
    execFileSync(process.execPath, ['--import', 'tsx', '-e', other], { encoding: 'utf8' }).trim();
  expect(run()).toBe('store_in_use');
  await store.close();
  expect(run()).toBe('');
});

it('can be read by its owner only, as sources may hold passwords', () => {
  const path = storePath();
  temporaryStore(path);
  expect(statSync(path).mode & 0o077).toBe(0);
});

it('says what is wrong with a file that is none', () => {
  const bad = storePath();
  temporaryStore(bad.replace('palistream.db', 'other.db'));
  writeFileSync(bad, 'this is no database, whatever its name says '.repeat(50));
  expect(() => openStore(bad)).toThrow(expect.objectContaining({ code: 'store_unusable' }));
});

it('runs each migration once, whole or not at all', () => {
  const path = storePath();
  temporaryStore(path.replace('palistream.db', 'other.db')); // makes the folder
  const database = new Database(path);
  const steps = ['CREATE TABLE a (x)', 'CREATE TABLE b (x)'];
  migrate(database, path, steps.slice(0, 1));
  migrate(database, path, steps);
  migrate(database, path, steps);
  expect(() => {
    migrate(database, path, [...steps, 'CREATE TABLE c (x); CREATE TABLE a (x)']);
  }).toThrow('already exists');
  const names = () => database.prepare('SELECT name FROM sqlite_master ORDER BY name').all();
  expect(names()).toEqual([{ name: 'a' }, { name: 'b' }]);
  expect(() => {
    migrate(database, path, steps.slice(0, 1));
  }).toThrow(expect.objectContaining({ code: 'store_newer' }));
  database.close();
});

it('says that it is damaged', async () => {
  const path = storePath();
  const whole = openStore(path);
  const text = 'x'.repeat(1000);
  for (let i = 0; i < 200; i++)
    await whole.events.append('streams/a', [{ event: { kind: 'caption', text }, atMs: i }]);
  expect(await whole.trouble()).toBeNull();
  await whole.close();
  const file = openSync(path, 'r+');
  const page = 4096;
  const first = statSync(path).size / page - 10; // pages of events
  writeSync(file, Buffer.alloc(5 * page, 0xaa), 0, undefined, first * page);
  closeSync(file);
  const store = temporaryStore(path);
  await expect(store.events.after('streams/a', 0, 1000)).rejects.toMatchObject({ code: 'store_damaged' });
  expect(await store.trouble()).toMatchObject({ code: 'store_damaged' });
});
