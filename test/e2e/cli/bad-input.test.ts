import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeVideo, testPicture } from './make-video.js';
import { startCli } from './start-cli.js';

const MODEL = [
  '--model',
  resolve('test/fixtures/paligemma-tiny/paligemma1-tiny-f32'),
  '--max-new-tokens',
  '2',
];
const directory = mkdtempSync(join(tmpdir(), 'bad-input-'));
const env = { PALISTREAM_CACHE_DIR: join(directory, 'cache') };
const at = (name: string) => join(directory, name);

beforeAll(async () => {
  await makeVideo(at('whole.mp4'), testPicture(4));
  await makeVideo(at('one.mp4'), [...testPicture(1), '-frames:v', '1']);
  await makeVideo(at('sound.mp4'), ['-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac']);
  await makeVideo(at(`it's a "film".mp4`), testPicture(1));
  await makeVideo(at('-dash.mp4'), testPicture(1));
  await makeVideo(at('index-first.mp4'), [...testPicture(4), '-movflags', '+faststart']);
  writeFileSync(at('text.mp4'), 'this is no video\n'.repeat(50));
  writeFileSync(at('empty.mp4'), '');
  writeFileSync(at('locked.mp4'), readFileSync(at('whole.mp4')));
  chmodSync(at('locked.mp4'), 0);
  const whole = readFileSync(at('whole.mp4'));
  writeFileSync(at('no-index.mp4'), whole.subarray(0, whole.length / 2));
  const indexed = readFileSync(at('index-first.mp4'));
  writeFileSync(at('cut.mp4'), indexed.subarray(0, Math.floor(indexed.length * 0.7)));
  const flat = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: 'teal' } });
  await flat(1, 1).png().toFile(at('dot.png'));
  await flat(7680, 4320).jpeg().toFile(at('huge.jpg'));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function caption(...args: string[]) {
  const cli = startCli(['caption', ...MODEL, ...args], { env, cwd: directory });
  const exit = await cli.exit;
  return { ...exit, left: cli.left() };
}

describe('a file that cannot be captioned', () => {
  it.each([
    ['no such file', 'gone.mp4', 'there is no file "gone.mp4"'],
    ['a text file', 'text.mp4', 'text.mp4'],
    ['an empty file', 'empty.mp4', 'is empty'],
    ['a directory', '.', 'is a directory'],
    ['sound alone', 'sound.mp4', 'sound.mp4'],
    ['an mp4 without its index', 'no-index.mp4', 'no-index.mp4'],
  ])('gets one line and exit code 2: %s', async (_, file, message) => {
    const { code, stdout, stderr, left } = await caption(file);
    expect({ code, stdout, left }).toEqual({ code: 2, stdout: '', left: [] });
    expect(stderr).toMatch(/^palistream: [^\n]*: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  it.skipIf(process.getuid?.() === 0)('gets one line and exit code 2: no permission', async () => {
    const { code, stderr } = await caption('locked.mp4');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^palistream: [^\n]*may not be read[^\n]*\n$/);
  });
});

describe('an odd file that can be captioned', () => {
  it.each([
    ['one frame', ['one.mp4']],
    ['a video cut short', ['cut.mp4']],
    ['a picture of one pixel', ['dot.png']],
    ['a picture of 7680x4320', ['huge.jpg']],
    ['quotes and spaces in the name', [`it's a "film".mp4`]],
    ['a dash before the name', ['--', '-dash.mp4']],
  ])('gets a caption: %s', async (_, args) => {
    const { code, stdout, stderr, left } = await caption(...args);
    expect({ code, left }).toEqual({ code: 0, left: [] });
    expect(stdout).toMatch(/^[^\n]+\n$/);
    expect(stderr).toMatch(/^(palistream: warning: [^\n]*\n)*$/);
  });
});
