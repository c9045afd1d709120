import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DataFolder } from '../../../src/evaluate/readers/data-folder.js';
import { permutations } from '../../../src/evaluate/readers/permutations.js';
import { refcoco } from '../../../src/evaluate/readers/refcoco.js';

const directory = mkdtempSync(join(tmpdir(), 'data-folder-'));
const folder = new DataFolder(directory);
const put = (name: string, text: string) => {
  writeFileSync(join(directory, name), text);
};

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('DataFolder', () => {
  it.each([
    ['dataset_file', 'gone.json', null],
    ['dataset_layout', 'broken.json', '{"a":'],
    ['dataset_layout', 'other.json', '{"b":1}'],
  ])('says %s of %s', async (code, name, text) => {
    if (text !== null) put(name, text);
    await expect(folder.json(name, z.object({ a: z.number() }))).rejects.toMatchObject({ code });
  });

  it.each(['../x', '/etc/passwd', 'a/../../x'])('refuses a path that leads out: %s', (path) => {
    expect(() => folder.locate(path)).toThrow(expect.objectContaining({ code: 'dataset_layout' }));
  });

  it('reads quoted rows with line ends inside', async () => {
    put('t.csv', 'a,b\r\n"x, ""y""\nz",2\r\n');
    const rows: unknown[] = [];
    for await (const row of folder.rows('t.csv', z.object({ a: z.string(), b: z.string() }))) rows.push(row);
    expect(rows).toEqual([{ a: 'x, "y"\nz', b: '2' }]);
  });
});

describe('refcoco', () => {
  it('refuses a pickle that asks for code', async () => {
    const data = mkdtempSync(join(directory, 'refs-'));
    const inner = new DataFolder(data);
    writeFileSync(join(data, 'x'), '');
    const { mkdirSync } = await import('node:fs');
    for (const name of ['annotations', 'refcoco', 'refcoco+', 'refcocog']) mkdirSync(join(data, name));
    writeFileSync(join(data, 'annotations/instances_train2017.json'), '{"images":[],"annotations":[]}');
    writeFileSync(join(data, 'refcoco/refs(unc).p'), "cos\nsystem\n(S'true'\ntR.");
    const read = async () => {
      for await (const item of refcoco(inner, 'val', {})) expect(item).toBeUndefined();
    };
    await expect(read()).rejects.toMatchObject({ code: 'dataset_layout' });
  });
});

describe('permutations', () => {
  it('gives a list in all its orders, a long one as it is', () => {
    expect(permutations('a, b').sort()).toEqual(['a, b', 'b, a']);
    expect(permutations('a')).toEqual(['a']);
    expect(permutations('1, 2, 3, 4, 5, 6, 7, 8')).toHaveLength(1);
  });
});
