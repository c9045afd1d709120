import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeVideo, testPicture } from './make-video.js';
import { runCli } from './start-cli.js';

const MODEL = ['--model', 'test/fixtures/paligemma-tiny/paligemma1-tiny-f32', '--max-new-tokens', '4'];
const directory = mkdtempSync(join(tmpdir(), 'caption-'));
const env = { PALISTREAM_CACHE_DIR: join(directory, 'cache') };
const video = join(directory, 'six seconds.mp4');

const run = (...args: string[]) => runCli([...args, ...MODEL], { env });

beforeAll(async () => {
  await makeVideo(video, testPicture(6));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

interface Line {
  readonly kind: string;
  readonly question?: string;
  readonly text: string;
  readonly prompt: string;
  readonly start_seconds: number;
  readonly end_seconds: number;
  readonly frame_seconds: number[];
  readonly timing_ms: Record<string, number>;
}

describe('caption', () => {
  it('captions the whole from 16 frames evenly, in one line', async () => {
    const { code, stdout, stderr } = await run('caption', video, '--quiet');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^[^\n]+\n$/);
    const json = await run('caption', video, '--json', '--quiet');
    const line = JSON.parse(json.stdout) as Line;
    expect(line).toMatchObject({ kind: 'caption', prompt: 'caption en', start_seconds: 0, end_seconds: 6 });
    expect(line.text.trim()).toBe(stdout.trim());
    expect(line.frame_seconds.length).toBe(16);
    expect(line.frame_seconds.slice(0, 3)).toEqual([0, 0.3, 0.7]);
    expect(Object.keys(line.timing_ms)).toEqual(['queue', 'encode', 'prefill', 'decode', 'total']);
  });

  it('looks at a picture once', async () => {
    const picture = join(directory, 'picture.png');
    await makeVideo(picture, [...testPicture(1), '-frames:v', '1']);
    const { stdout } = await run('caption', picture, '--json', '--quiet');
    expect((JSON.parse(stdout) as Line).frame_seconds).toEqual([0]);
    const often = await run('caption', picture, '--json', '--quiet', '--frames', '3');
    expect((JSON.parse(often.stdout) as Line).frame_seconds).toEqual([0, 0, 0]);
  });

  it('captions every window, as text, WebVTT and SubRip', async () => {
    const windows = ['--window', '3', '--overlap', '1', '--frames', '2', '--quiet'];
    const text = await run('caption', video, ...windows);
    expect(text.stdout).toMatch(/^\[0:00 - 0:03\] .*\n\[0:02 - 0:05\] .*\n/);
    const vtt = await run('caption', video, ...windows, '--format', 'vtt');
    expect(vtt.stdout).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:03\.000\n.+\n/);
    const file = join(directory, 'out.srt');
    const srt = await run('caption', video, ...windows, '--format', 'srt', '--output', file);
    expect({ code: srt.code, stdout: srt.stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toMatch(/^1\n00:00:00,000 --> 00:00:03,000\n.+\n/);
    expect(readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('captions a part, a frame every so often', async () => {
    const { stdout } = await run('caption', video, '--every', '1', '--start', '2', '--end', '0:04', '--json');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines.map((line) => [line.start_seconds, line.frame_seconds])).toEqual([
      [2, [2]],
      [3, [3]],
    ]);
  });

  it('takes another prompt or language', async () => {
    const german = await run('caption', video, '--lang', 'de', '--json', '--frames', '1');
    expect((JSON.parse(german.stdout) as Line).prompt).toBe('caption de');
    const own = await run('caption', video, '--prompt', 'describe en', '--json', '--frames', '1');
    expect((JSON.parse(own.stdout) as Line).prompt).toBe('describe en');
  });

  it('writes no file when it cannot', async () => {
    const { code, stderr } = await run(
      'caption',
      video,
      '--frames',
      '1',
      '--output',
      join(directory, 'no/out.txt'),
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot be written .*: choose another --output\n$/);
  });

  it('draws the same text from the same seed', async () => {
    const draw = async (seed: string) =>
      (await run('caption', video, '--frames', '1', '--temperature', '2', '--seed', seed)).stdout;
    const [first, again, other] = [await draw('5'), await draw('5'), await draw('6')];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('ask', () => {
  it('asks the question as PaliGemma was taught', async () => {
    const { code, stdout } = await run('ask', video, 'how many cows?', '--json', '--frames', '2');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'answer',
      question: 'how many cows?',
      prompt: 'answer en how many cows?',
    });
  });
});
