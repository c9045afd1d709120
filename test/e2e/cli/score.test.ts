import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runWithEngine } from './run-with-engine.js';

const directory = mkdtempSync(join(tmpdir(), 'score-'));
const FIXTURES = 'test/fixtures/evaluate';
const run = (...args: string[]) =>
  runWithEngine(['score', ...args], { engine: 'none', cache: join(directory, 'cache') });

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('score', () => {
  it('prints the metrics asked for as one line of JSON', async () => {
    const expected = JSON.parse(readFileSync(join(FIXTURES, 'captions-expected.json'), 'utf8')) as {
      cider: number;
      bleu: number[];
    };
    const { code, stdout, stderr } = await run('--metric', 'cider,bleu4', join(FIXTURES, 'captions.jsonl'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const scores = JSON.parse(stdout) as Record<string, number>;
    expect(Object.keys(scores)).toEqual(['cider', 'bleu4']);
    expect(scores.cider).toBeCloseTo(expected.cider, 10);
    expect(scores.bleu4).toBeCloseTo(expected.bleu[3] ?? NaN, 10);
  });

  it('says in one line what is wrong', async () => {
    const file = join(directory, 'bad.jsonl');
    writeFileSync(file, '{"id":1,"prediction":"a","references":["a"]}\n{"id":\n');
    const bad = await run('--metric', 'exact', file);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toMatch(/^palistream: line 2 is no prediction [^\n]*\n$/);
    expect((await run('--metric', 'rouge', file)).stderr).toContain('Known are cider');
    expect((await run('--metric', 'exact', 'gone.jsonl')).stderr).toContain('there is no file "gone.jsonl"');
    expect((await run(file)).stderr).toContain('--metric');
  });
});
