import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINIATURES, writeMiniature } from '../../fixtures/evaluate/miniatures.js';
import { makeVideo } from './make-video.js';
import { modelFolder, runWithEngine } from './run-with-engine.js';

const directory = mkdtempSync(join(tmpdir(), 'eval-'));
const at = (...names: string[]) => join(directory, ...names);
let model: string;

interface Report {
  readonly parts: { name: string; score: number; low: number; high: number; card: number | null }[];
  readonly scored: number;
  readonly missing: string[];
}

function dataset(name: string): string {
  const miniature = MINIATURES[name];
  if (miniature === undefined) throw new Error(name);
  writeMiniature(at(name), miniature);
  return at(name);
}

async function picture(path: string, background: string, width = 20, height = 10): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true });
  await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toFile(path);
}

const run = (...args: string[]) =>
  runWithEngine(['eval', ...args], { engine: 'eval-engine', cache: at('cache') });

beforeAll(() => {
  model = modelFolder(directory);
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('eval', () => {
  it('measures a model on pictures, goes on with what it has, and tells the score beside the card', async () => {
    const data = dataset('pope');
    await picture(join(data, 'val2014/p.jpg'), '#ff0000');
    const output = at('pope.jsonl');
    const args = ['pope', '--data', data, '--model', model, '--precision', 'f32', '--output', output];
    const first = await run(...args, '--json');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const report = JSON.parse(first.stdout) as Report;
    const scores = Object.fromEntries(report.parts.map((part) => [part.name, part.score]));
    // The picture is red: always yes. Of the random questions one is to be denied.
    expect(scores).toMatchObject({ random: 50, popular: 100, adversarial: 100, valid: 100 });
    expect(report.scored).toBe(6);
    const lines = readFileSync(output, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBe(7);

    rmSync(join(data, 'val2014'), { recursive: true });
    const table = await run(...args);
    expect(table.code).toBe(0);
    expect(table.stdout).toContain('POPE (test)');
    expect(table.stdout).toMatch(/random +50\.00 +0\.00 to 100\.00/);
    expect(readFileSync(output, 'utf8').trimEnd().split('\n').length).toBe(7);

    const other = at('pope-other.jsonl');
    await picture(join(data, 'val2014/p.jpg'), '#0000ff');
    await run(...args.slice(0, -1), other);
    const compared = await run('pope', '--data', data, '--compare', output, other, '--json');
    const [mean] = (JSON.parse(compared.stdout) as { parts: { difference: number; items: number }[] }).parts;
    // Blue: always no, right once of six.
    expect(mean).toMatchObject({ difference: Number((100 / 6 - 250 / 3).toFixed(4)), items: 6 });
  });

  it('gives a video\u2019s frames, and counts and names the videos that are missing', async () => {
    const data = dataset('msrvtt-qa');
    mkdirSync(join(data, 'TestVideo'));
    const lavfi = ['-f', 'lavfi', '-i', 'color=red:s=32x32:r=10:d=3', '-pix_fmt', 'yuv420p'];
    await makeVideo(join(data, 'TestVideo/video7010.mp4'), lavfi);
    const output = at('msrvtt.jsonl');
    const { code, stdout } = await run(
      'msrvtt-qa',
      '--data',
      data,
      '--model',
      model,
      '--output',
      output,
      '--json',
    );
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report.missing).toEqual(['TestVideo/video7011.mp4']);
    expect(report.scored).toBe(1);
    expect(report.parts[0]).toMatchObject({ name: 'accuracy', score: 0 }); // it says "no", not "cook"
  });

  it('holds masks to what expressions mean', async () => {
    const data = dataset('refcoco');
    await picture(join(data, 'train2017/000000000581.jpg'), '#808080', 8, 4);
    const output = at('refcoco.jsonl');
    const { code, stdout } = await run(
      'refcoco',
      '--data',
      data,
      '--model',
      model,
      '--output',
      output,
      '--json',
    );
    expect(code).toBe(0);
    // The thing is the left half of the picture, and so is the mask.
    expect((JSON.parse(stdout) as Report).parts).toMatchObject([
      { name: 'refcoco', score: 100 },
      { name: 'refcoco+', score: 100 },
      { name: 'refcocog', score: 100 },
    ]);
  });

  it('lists the benchmarks and prints their pages', async () => {
    const { stdout } = await run('--list');
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(['vqav2', 'xm3600', 'msvd-qa']));
    expect((await run('vqav2', '--manual')).stdout).toBe(readFileSync('docs/evaluate/vqav2.md', 'utf8'));
  });

  it.each([
    [[], 'eval needs a benchmark, or --list'],
    [['vqav3'], 'there is no benchmark "vqav3": known are'],
    [['vqav2'], 'eval needs --data'],
    [['vqav2', '--data', '/nowhere'], 'v2_OpenEnded_mscoco_val2014_questions.json'],
    [['vqav2', '--data', '.', '--compare', 'a'], '--compare needs two files'],
    [['vqav2', '--data', '.', '--tasks', 'ocr'], 'only the toon world has --tasks'],
    [['toon', '--output', 'x.jsonl'], 'the toon world has no --output'],
  ])('says in one line what is wrong with %j', async (args, message) => {
    const { code, stdout, stderr } = await run(...args, '--model', model);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^palistream: [^\n]*\n$/);
    expect(stderr).toContain(message);
  });
});
