import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestError } from '../../../src/shared/errors.js';
import { probeVideo } from '../../../src/source/probe-video.js';
import { gather, generate, grays, levelOf, makeFolder, openFrames, tools } from './lavfi.js';

const SIZE = 8;
let folder: string;
let remove: () => Promise<void>;
let good: string;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  good = await generate(join(folder, 'good.mp4'), ...grays(5, { step: 10 }));
});
afterAll(() => remove());

async function errorOf(path: string): Promise<RequestError> {
  try {
    await gather(openFrames(path, { size: SIZE }));
  } catch (thrown) {
    if (thrown instanceof RequestError) return thrown;
    throw thrown;
  }
  throw new Error(`${path} was read`);
}

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** An AVI with a title of so many bytes before its frames; every one of them is six in JSON. */
function withTitle(avi: Buffer, bytes: number): Buffer {
  const title = Buffer.alloc(20 + bytes, 1);
  title.write('LIST');
  title.writeUInt32LE(title.length - 8, 4);
  title.write('INFOINAM', 8);
  title.writeUInt32LE(bytes, 16);
  const frames = avi.indexOf('movi') - 8;
  const titled = Buffer.concat([avi.subarray(0, frames), title, avi.subarray(frames)]);
  titled.writeUInt32LE(titled.length - 8, 4);
  return titled;
}

describe('a file that is no video', () => {
  it.each([
    ['nothing', 'no_such_file', async () => Promise.resolve(join(folder, 'none.mp4'))],
    ['a path through a file', 'no_such_file', async () => Promise.resolve(join(good, 'a.mp4'))],
    ['a directory', 'is_a_directory', async () => Promise.resolve(folder)],
    ['zero bytes', 'empty_file', () => write('empty.mp4', '')],
    ['a text', 'not_a_video', () => write('text.mp4', 'hello world\nthis is a text\n')],
    [
      'noise',
      'not_a_video',
      () =>
        write(
          'noise.mp4',
          Uint8Array.from({ length: 9999 }, (_, i) => (i * i * 7919) % 251),
        ),
    ],
    [
      'a playlist',
      'not_a_video',
      () => write('list.mp4', `#EXTM3U\n#EXTINF:1,\nfile://${good}\n#EXT-X-ENDLIST\n`),
    ],
    ['a list for concat', 'not_a_video', () => write('concat.mp4', `ffconcat version 1.0\nfile ${good}\n`)],
    [
      'a broken picture',
      'picture_unreadable',
      () => write('broken.png', Buffer.from('\x89PNG\r\n\x1a\nxxxx', 'latin1')),
    ],
    ['a device', 'not_a_file', async () => Promise.resolve('/dev/zero')],
    ['a name with a zero in it', 'no_such_file', async () => Promise.resolve('a\0b.mp4')],
  ] as [string, string, () => Promise<string>][])('that is %s gets %s in one line', async (_, code, make) => {
    const error = await errorOf(await make());
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('\n');
    expect(error.message.length).toBeLessThan(400);
  });

  it('that is a named pipe does not hang', async () => {
    const pipe = join(folder, 'pipe.mp4');
    await promisify(execFile)('mkfifo', [pipe]);
    expect((await errorOf(pipe)).code).toBe('not_a_file');
  });

  it('that holds sound alone is told so', async () => {
    const sound = join(folder, 'sound.m4a');
    await generate(sound, '-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'aac');
    expect((await errorOf(sound)).code).toBe('audio_only');
  });

  it('that has a title of megabytes is told so', async () => {
    const plain = await readFile(await generate(join(folder, 'plain.avi'), '-i', good, '-c:v', 'mjpeg'));
    const titled = await write('titled.avi', withTitle(plain, 2 ** 21));
    expect((await errorOf(titled)).code).toBe('video_unreadable');
  });

  it('that may not be read says so', async ({ skip }) => {
    const { getuid, seteuid } = process;
    skip(getuid === undefined || seteuid === undefined, 'this system has no users to deny anything to');
    const secret = await write('secret.mp4', await readFile(good));
    await promisify(execFile)('chmod', ['000', secret]);
    const isRoot = process.getuid?.() === 0;
    // Root reads everything, so it becomes somebody else for a moment.
    if (isRoot) {
      await promisify(execFile)('chmod', ['755', folder]);
      process.seteuid?.(65534);
    }
    try {
      expect((await errorOf(secret)).code).toBe('no_permission');
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

describe('a cut-off mp4', () => {
  it('without its index is told so', async () => {
    const bytes = await readFile(good);
    const moov = bytes.indexOf('moov');
    const cut = await write('nomoov.mp4', bytes.subarray(0, moov - 4));
    expect((await errorOf(cut)).code).toBe('video_truncated');
  });

  it('with its index in front gives the frames it has, and a warning', async () => {
    const whole = join(folder, 'front.mp4');
    await generate(
      whole,
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=160x120:r=10:d=10',
      '-c:v',
      'libx264',
      '-g',
      '10',
      '-pix_fmt',
      'yuv420p',
      '-movflags',
      '+faststart',
    );
    const bytes = await readFile(whole);
    const cut = await write('cut.mp4', bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    const codes: string[] = [];
    const frames = await gather(openFrames(cut, { size: SIZE, onWarning: ({ code }) => codes.push(code) }));
    expect(frames.length).toBeGreaterThan(40);
    expect(frames.length).toBeLessThan(80);
    expect(codes).toEqual(['video_damaged']);
    const nothing = await write('nothing.mp4', bytes.subarray(0, bytes.indexOf('mdat') + 8));
    expect((await errorOf(nothing)).code).toBe('video_unreadable');
  });
});

describe('a name', () => {
  it.each([
    'with spaces and "quotes".mp4',
    "it's.mp4",
    '-leading dash.mp4',
    '-i',
    'percent%03d.mp4',
    'line\nbreak.mp4',
    'concat:a|b.mp4',
    'file:x.mp4',
    'http:host.mp4',
    'star*[1]?.mp4',
    'ünïcödé 日本.mp4',
    "colon:and,comma;and'quote.mp4",
  ])('%j means a plain file', async (name) => {
    const place = join(folder, 'names');
    await mkdir(place, { recursive: true });
    await copyFile(good, join(place, name));
    const before = process.cwd();
    process.chdir(place);
    try {
      const frames = await gather(openFrames(name, { size: SIZE }));
      expect(frames.map((frame) => Math.round(levelOf(frame)))).toEqual([0, 10, 20, 30, 40]);
    } finally {
      process.chdir(before);
    }
  });
});

describe('an unusual size', () => {
  it('of one frame of one pixel is read', async () => {
    const tiny = join(folder, 'tiny.mkv');
    await generate(
      tiny,
      '-f',
      'lavfi',
      '-i',
      'color=red:s=2x2,format=gbrp,crop=1:1',
      '-frames:v',
      '1',
      '-c:v',
      'ffv1',
      '-pix_fmt',
      'bgr0',
    );
    const [frame, ...others] = await gather(openFrames(tiny, { size: SIZE }));
    expect(others).toEqual([]);
    expect(frame?.pixels.data.length).toBe(SIZE * SIZE * 3);
    expect([...(frame?.pixels.data.subarray(0, 3) ?? [])]).toEqual([255, 0, 0]);
  });

  it('of 7680x4320 is read', async () => {
    const huge = join(folder, 'huge.mov');
    await generate(
      huge,
      '-f',
      'lavfi',
      '-i',
      'color=gray:s=7680x4320',
      '-frames:v',
      '1',
      '-c:v',
      'mjpeg',
      '-pix_fmt',
      'yuvj420p',
    );
    const [frame] = await gather(openFrames(huge, { size: SIZE }));
    expect(frame && Math.abs(levelOf(frame) - 128)).toBeLessThan(4);
  });
});

describe('a picture', () => {
  it.each(['png', 'jpg', 'gif', 'webp'])('%s is a video of one frame', async (kind) => {
    const picture = join(folder, `picture.${kind}`);
    const codec = kind === 'jpg' ? ['-pix_fmt', 'yuvj420p'] : kind === 'webp' ? ['-c:v', 'libwebp'] : [];
    await generate(picture, '-f', 'lavfi', '-i', 'color=blue:s=64x32', '-frames:v', '1', ...codec);
    const [frame, ...others] = await gather(openFrames(picture, { size: SIZE }));
    expect(others).toEqual([]);
    expect(frame?.timestampSeconds).toBe(0);
    const [red = 99, green = 99, blue = 0] = frame?.pixels.data ?? [];
    expect(Math.max(red, green)).toBeLessThan(6);
    expect(blue).toBeGreaterThan(248);
  });

  it.each([
    ['gif', '32x32', []],
    ['apng', '32x32', ['-f', 'apng']],
    ['mjpeg', '32x32', ['-c:v', 'mjpeg', '-f', 'mjpeg']],
    ['jpg', '640x480', ['-c:v', 'mjpeg', '-q:v', '1', '-f', 'mjpeg']], // its first frame fills what ffmpeg looks at
  ])('that moves is a video, as %s of %s', async (kind, size, codec) => {
    const source = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=10`, '-frames:v', '4'];
    const moving = await generate(join(folder, `moving-${size}.${kind}`), ...source, ...codec);
    expect((await probeVideo(moving, tools)).kind).toBe('video');
    expect(await gather(openFrames(moving, { size: SIZE }))).toHaveLength(4);
  });

  it('that could move, but has one frame, is a picture', async () => {
    const still = join(folder, 'still.apng');
    await generate(still, '-f', 'lavfi', '-i', 'testsrc2=s=32x32', '-frames:v', '1', '-f', 'apng');
    expect((await probeVideo(still, tools)).kind).toBe('picture');
  });

  it('stays one with anything behind it, and with the previews it tells of', async () => {
    const first = join(folder, 'photo.jpg');
    await generate(first, '-f', 'lavfi', '-i', 'testsrc2=s=640x480', '-frames:v', '1', '-q:v', '1');
    const jpeg = await readFile(first);
    const preview = Buffer.from('\xff\xe2\x00\x08MPF\0\0\0', 'latin1');
    const thumbnail = Buffer.concat([Buffer.from('\xff\xe1\x10\x00', 'latin1'), jpeg.subarray(0, 4094)]);
    const files = [
      [jpeg, 'trailing'],
      [jpeg, '\0\0', jpeg],
      [jpeg.subarray(0, 2), preview, jpeg.subarray(2), jpeg],
      [jpeg.subarray(0, 2), thumbnail, jpeg.subarray(2)],
      [jpeg.subarray(0, -2)],
    ];
    for (const [i, parts] of files.entries()) {
      const path = await write(`photo-${i}.jpg`, Buffer.concat(parts.map((part) => Buffer.from(part))));
      expect([i, (await probeVideo(path, tools)).kind]).toEqual([i, 'picture']);
    }
    const recording = await write('photos.jpg', Buffer.concat([jpeg, jpeg]));
    expect((await probeVideo(recording, tools)).kind).toBe('video');
  });
});
