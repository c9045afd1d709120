import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findFfmpeg } from '../../../src/source/find-ffmpeg.js';
import { probeVideo } from '../../../src/source/probe-video.js';
import { readFullPicture } from '../../../src/source/read-full-picture.js';
import { readTimeline } from '../../../src/source/read-timeline.js';
import { makeVideo } from './make-video.js';
import { modelFolder, runWithEngine } from './run-with-engine.js';

const directory = mkdtempSync(join(tmpdir(), 'detect-'));
const at = (name: string) => join(directory, name);
const video = at('moving.mp4');
const blank = at('blank.mp4');
const picture = at('picture.png');
let model: string;

/** A blue square of 32 pixels on grey, 160x96; it moves right by 20 pixels a second from x = 20, y = 30. */
const MOVING = [
  '-f',
  'lavfi',
  '-i',
  'color=gray:s=160x96:r=10:d=4',
  '-f',
  'lavfi',
  '-i',
  'color=blue:s=32x32:r=10:d=4',
];
const ENCODED = [
  '-filter_complex',
  "[0][1]overlay=x='20+20*t':y=30",
  '-pix_fmt',
  'yuv420p',
  '-frames:v',
  '40',
];

beforeAll(async () => {
  model = modelFolder(directory);
  await makeVideo(video, [...MOVING, ...ENCODED]);
  await makeVideo(blank, ['-f', 'lavfi', '-i', 'color=gray:s=160x96:r=10:d=2', '-pix_fmt', 'yuv420p']);
  const square = await sharp({ create: { width: 50, height: 50, channels: 3, background: '#0000ff' } })
    .png()
    .toBuffer();
  await sharp({ create: { width: 200, height: 100, channels: 3, background: '#808080' } })
    .composite([{ input: square, left: 100, top: 25 }])
    .png()
    .toFile(picture);
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const run = (...args: string[]) =>
  runWithEngine([...args, '--model', model], { engine: 'blue-engine', cache: at('cache') });

interface Line {
  readonly kind: string;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly note?: string;
  readonly text: string;
  readonly found: readonly {
    readonly label: string;
    readonly track: number;
    readonly score: number;
    readonly box: Record<string, number>;
    readonly box_pixels: Record<'x_min' | 'x_max' | 'y_min' | 'y_max', number>;
    readonly mask?: { readonly size: number[]; readonly counts: string };
    readonly polygons?: number[][];
  }[];
  readonly problems: readonly { readonly reason: string; readonly text: string }[];
}

const WAIT = { timeout: 30_000, interval: 20 };

const linesOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** The first colour of the palette, which the first label gets. */
const isDrawn = ([red = 0, green = 0, blue = 0]: Iterable<number> & { [i: number]: number }) =>
  Math.abs(red - 230) < 40 && Math.abs(green - 25) < 40 && Math.abs(blue - 75) < 40;

async function drawnColumns(file: string, seconds: number, row: number): Promise<number[]> {
  const tools = await findFfmpeg({ path: '' });
  const { data, dims } = await readFullPicture(await probeVideo(file, tools), seconds, tools);
  const columns = Array.from({ length: dims[1] }, (_, column) => column);
  return columns.filter((column) => isDrawn(data.subarray((row * dims[1] + column) * 3)));
}

describe('detect', () => {
  it('looks at a frame every second and follows what it finds, in pixels of the video', async () => {
    const { code, stdout, stderr } = await run('detect', video, 'blue thing', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = linesOf(stdout);
    expect(lines.map(({ kind, seconds, width, height }) => [kind, seconds, width, height])).toEqual(
      [0, 1, 2, 3].map((second) => ['detections', second, 160, 96]),
    );
    for (const { seconds, found } of lines) {
      expect(found.map(({ label, track, score }) => [label, track, score])).toEqual([['blue thing', 1, 0.9]]);
      const [thing] = found;
      const left = 20 + 20 * seconds;
      expect(Math.abs((thing?.box_pixels.x_min ?? 0) - left)).toBeLessThanOrEqual(4);
      expect(Math.abs((thing?.box_pixels.x_max ?? 0) - left - 32)).toBeLessThanOrEqual(4);
      expect(Math.abs((thing?.box_pixels.y_min ?? 0) - 30)).toBeLessThanOrEqual(3);
      expect(thing?.box.x_min).toBeCloseTo((thing?.box_pixels.x_min ?? 0) / 160, 1);
    }
  });

  it('looks at n frames evenly, in a part', async () => {
    const { stdout } = await run('detect', video, 'blue', '--frames', '2', '--start', '2', '--json');
    expect(linesOf(stdout).map(({ seconds }) => seconds)).toEqual([2, 3]);
  });

  it('writes a line for each thing, or that there is none, as a success', async () => {
    const { code, stdout } = await run('detect', video, 'blue', 'red ; green', '--every', '2');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\[0:00\] blue thing #1 {2}x \d+-\d+ y \d+-\d+ {2}90 %\n\[0:02\] blue thing #1 /);
    const none = await run('detect', blank, 'blue');
    expect(none).toEqual({ code: 0, stderr: '', stdout: '[0:00] nothing found\n[0:01] nothing found\n' });
    const one = await run('detect', picture, 'blue');
    expect(one.stdout).toMatch(/^blue thing {2}x \d+-\d+ y \d+-\d+ {2}90 %\n$/);
  });

  it('tells what it could not read, and succeeds', async () => {
    const { code, stdout, stderr } = await run('detect', picture, 'broken', '--json');
    expect(code).toBe(0);
    expect(linesOf(stdout)[0]?.problems.map(({ text }) => text)).toEqual(['<loc0001><loc0002> broken']);
    expect(stderr).toMatch(/^palistream: warning: [^\n]*could not be read[^\n]*\n$/);
  });

  it('divides locations as it is told', async () => {
    const [asTrained] = linesOf((await run('detect', picture, 'blue', '--json')).stdout);
    const demo = await run('detect', picture, 'blue', '--json', '--loc-convention', '1024');
    const [asDemo] = linesOf(demo.stdout);
    const ratio = (asDemo?.found[0]?.box.x_max ?? 0) / (asTrained?.found[0]?.box.x_max ?? 1);
    expect(ratio).toBeCloseTo(1023 / 1024, 6);
  });

  it.each([
    [['detect', 'FILE'], "missing required argument 'things'"],
    [['detect', 'FILE', ' ; '], 'no thing is named'],
    [['detect', 'FILE', 'x', '--every', '1', '--frames', '2'], 'cannot be used together'],
    [['detect', 'FILE', 'x', '--loc-convention', '1000'], "'1000' is invalid"],
    [['detect', 'gone.mp4', 'x'], 'there is no file "gone.mp4"'],
    [['detect', 'FILE', 'x', '--draw', 'out.avi'], 'neither .mp4 nor .png'],
    [['detect', 'FILE', 'x', '--draw', '/no/where/out.mp4'], 'choose another --draw'],
    [['detect', 'FILE', 'x', '--draw', 'FILE', '--overwrite'], 'is the file that is read'],
    [['segment', 'FILE'], "missing required argument 'things'"],
    [['read'], "missing required argument 'file'"],
  ])('says in one line what is wrong with %j', async (args, message) => {
    const { code, stdout, stderr } = await run(...args.map((arg) => (arg === 'FILE' ? video : arg)));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^palistream: [^\n]*\n$/);
    expect(stderr).toContain(message);
  });
});

describe('--draw', () => {
  it('writes all frames of the video at its size, boxes moving between looks', async () => {
    const out = at('boxes.mp4');
    const { code, stderr } = await run('detect', video, 'blue', '--draw', out, '--quiet');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const tools = await findFfmpeg({ path: '' });
    const info = await probeVideo(out, tools);
    expect(info).toMatchObject({ codec: 'h264', widthPixels: 160, heightPixels: 96 });
    expect((await readTimeline(info, tools)).seconds.length).toBe(40);
    for (const seconds of [0, 0.5, 1.5, 2]) {
      const columns = await drawnColumns(out, seconds, 52);
      const left = 20 + 20 * seconds;
      expect(Math.abs((columns[0] ?? 0) - left)).toBeLessThanOrEqual(4);
      expect(Math.abs((columns.at(-1) ?? 0) - left - 32)).toBeLessThanOrEqual(4);
    }
    expect(readdirSync(directory).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it('writes the chosen frame as a picture', async () => {
    const out = at('frame.png');
    await run('detect', video, 'blue', '--frames', '1', '--start', '2', '--draw', out);
    const columns = await drawnColumns(out, 0, 52);
    expect(Math.abs((columns[0] ?? 0) - 60)).toBeLessThanOrEqual(4);
  });

  it('refuses to replace a file unless it is told to', async () => {
    const out = at('there.png');
    writeFileSync(out, 'mine');
    const refused = await run('detect', picture, 'blue', '--draw', out);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('is there already');
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect((await run('detect', picture, 'blue', '--draw', out, '--overwrite')).code).toBe(0);
    expect((await sharp(out).metadata()).width).toBe(200);
  });

  it('never writes over the file it reads, under whatever name', async () => {
    const copy = at('copy.mp4');
    copyFileSync(video, copy);
    const { code, stderr } = await run(
      'detect',
      copy,
      'blue',
      '--draw',
      join(directory, 'model', '..', 'copy.mp4'),
      '--overwrite',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('is the file that is read');
    expect(readFileSync(copy).equals(readFileSync(video))).toBe(true);
  });

  it('draws captions and text that was read', async () => {
    for (const command of [['caption'], ['read', '--every', '2']]) {
      const out = at(`${command[0] ?? ''}.mp4`);
      const [name = '', ...more] = command;
      expect((await run(name, video, ...more, '--draw', out)).code).toBe(0);
      const tools = await findFfmpeg({ path: '' });
      const { data, dims } = await readFullPicture(await probeVideo(out, tools), 1, tools);
      // The dark ground of the words lies over the grey at the bottom.
      const bottom = data.subarray((dims[0] - 2) * dims[1] * 3, (dims[0] - 1) * dims[1] * 3);
      expect(bottom[0]).toBeLessThan(90);
    }
  });

  it('leaves nothing behind when it is interrupted, but the results', async () => {
    const controller = new AbortController();
    const out = at('interrupted.mp4');
    const results = at('results.jsonl');
    const long = at('long.mp4');
    await makeVideo(long, [
      '-f',
      'lavfi',
      '-i',
      'testsrc=duration=20:size=640x480:rate=30',
      '-pix_fmt',
      'yuv420p',
    ]);
    const running = runWithEngine(
      [
        'detect',
        long,
        'blue',
        '--frames',
        '1',
        '--draw',
        out,
        '--output',
        results,
        '--json',
        '--model',
        model,
      ],
      {
        engine: 'blue-engine',
        cache: at('cache'),
        signal: controller.signal,
      },
    );
    const begun = () => readdirSync(directory).some((name) => name.startsWith('.interrupted.mp4'));
    await vi.waitFor(() => {
      expect(begun()).toBe(true);
    }, WAIT);
    controller.abort();
    expect((await running).code).toBe(130);
    expect(readdirSync(directory).filter((name) => name.includes('interrupted'))).toEqual([]);
    expect(linesOf(readFileSync(results, 'utf8')).map(({ kind }) => kind)).toEqual(['detections']);
  });
});

describe('segment', () => {
  it('gives masks as run lengths, outlines and PNG files', async () => {
    const folder = at('masks');
    const args = ['segment', picture, 'blue', '--json', '--polygons', '--masks', folder];
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [thing] = linesOf(stdout)[0]?.found ?? [];
    expect(thing?.mask?.size).toEqual([100, 200]);
    expect(thing?.polygons?.length).toBe(1);
    const [file = ''] = readdirSync(folder);
    expect(file).toBe('000000.000-blue_thing-1.png');
    const { data, info } = await sharp(join(folder, file))
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([200, 100]);
    expect([data[50 * 200 + 110], data[50 * 200 + 140], data[50 * 200 + 20]]).toEqual([255, 0, 0]);
    expect((await run(...args)).stderr).toContain('is there already');
  });

  it('keeps its results when masks are there already', async () => {
    const args = ['segment', picture, 'blue', '--json', '--masks', at('kept'), '--overwrite', '--output'];
    const [first, second] = [at('first.jsonl'), at('second.jsonl')];
    expect((await run(...args, first)).code).toBe(0);
    const { code, stderr } = await run(...args.filter((arg) => arg !== '--overwrite'), second);
    expect(code).toBe(2);
    expect(stderr).toContain('is there already');
    expect(linesOf(readFileSync(second, 'utf8'))[0]?.found).toEqual(
      linesOf(readFileSync(first, 'utf8'))[0]?.found,
    );
  });

  it('refuses a folder for masks that cannot be made before it looks at anything', async () => {
    const { code, stdout, stderr } = await run('segment', picture, 'blue', '--masks', join(picture, 'masks'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^palistream: [^\n]*choose another --masks\n$/);
  });
});

describe('read', () => {
  it('reads each frame, as text and subtitles', async () => {
    const { code, stdout } = await run('read', video, '--every', '2');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '[0:00 - 0:02] BLUE SIGN\n[0:02 - 0:04] BLUE SIGN\n',
    });
    expect((await run('read', picture)).stdout).toBe('BLUE SIGN\n');
  });
});

describe('a model with a world of its own', () => {
  it('says once that a video is not of it, on stderr and in the first line of JSON', async () => {
    const world = {
      note: 'it knows blue only',
      prompt: 'caption en',
      maxNewTokens: 8,
      thresholds: [{ frames: 1, meanLogprob: -1 }],
    };
    const small = mkdtempSync(join(tmpdir(), 'world-'));
    try {
      const own = modelFolder(small);
      writeFileSync(join(own, 'world.json'), JSON.stringify(world));
      const ask = (...args: string[]) =>
        runWithEngine([...args, '--model', own], { engine: 'blue-engine', cache: at('cache') });
      for (const command of [
        ['detect', blank, 'blue'],
        ['caption', blank, '--every', '1'],
        ['read', blank],
      ]) {
        const foreign = await ask(...command, '--json');
        expect(foreign.stderr).toBe('palistream: note: it knows blue only\n');
        expect(linesOf(foreign.stdout).map(({ note }) => note)).toEqual(['it knows blue only', undefined]);
        expect((await ask(...command, '--json', '--quiet')).stderr).toBe('');
      }
      const known = await ask('detect', video, 'blue', '--json');
      expect(known.stderr).toBe('');
      expect(known.stdout).not.toContain('note');
    } finally {
      rmSync(small, { recursive: true, force: true });
    }
  });
});
