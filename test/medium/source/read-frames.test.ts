import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/shared/frame.js';
import { childRegistry } from '../../../src/source/child-registry.js';
import { findFfmpeg } from '../../../src/source/find-ffmpeg.js';
import { probeVideo } from '../../../src/source/probe-video.js';
import { readFrames } from '../../../src/source/read-frames.js';
import { readTimeline } from '../../../src/source/read-timeline.js';
import { gather, generate, grays, levelOf, makeFolder, openFrames, quarterColor, tools } from './lavfi.js';

const SIZE = 8;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
});
afterAll(() => remove());

/** Whether a process is there and not merely waiting to be reaped. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const levels = (frames: readonly Frame[]): number[] => frames.map((frame) => Math.round(levelOf(frame)));
const times = (frames: readonly Frame[]): number[] => frames.map((frame) => frame.timestampSeconds);

describe('reading frames', () => {
  it('gives each frame of a constant rate its place, key and time', async () => {
    const path = await generate(join(folder, 'cfr.mp4'), ...grays(50, { rate: 25, step: 5 }));
    const frames = await gather(openFrames(path, { size: SIZE }));
    expect(levels(frames)).toEqual(Array.from({ length: 50 }, (_, i) => i * 5));
    expect(times(frames)).toEqual(Array.from({ length: 50 }, (_, i) => i / 25));
    expect(frames.map((frame) => frame.index)).toEqual([...frames.keys()]);
    expect(new Set(frames.map((frame) => frame.key)).size).toBe(50);
    expect(frames[0]?.pixels.dims).toEqual([SIZE, SIZE, 3]);
  });

  it.each([1, 2, 5])('gives every frame its time where the size changes behind %d frames', async (small) => {
    const parts = await Promise.all(
      [small, 6].map((count, i) => {
        const path = join(folder, `part-${small}-${i}.ts`);
        const [input, output] = splitFilter(
          grays(count, { rate: 10, step: 30, size: `${32 << i}x${16 << i}` }),
        );
        const from = ['-vf', `${filterOf(output)},setpts=PTS+${i === 0 ? 0 : small}/10/TB`];
        const coded = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-bf', '0', '-muxdelay', '0'];
        return generate(path, ...input, ...from, '-frames:v', String(count), ...coded);
      }),
    );
    const path = join(folder, `sizes-${small}.ts`);
    await writeFile(path, Buffer.concat(parts.map((part) => readFileSync(part))));
    const frames = await gather(openFrames(path, { size: SIZE, stallTimeoutMs: 3000 }));
    expect(times(frames)).toEqual(Array.from({ length: small + 6 }, (_, i) => i / 10));
  });

  it('gives frames of a variable rate their exact times, also to a slow consumer', async () => {
    const path = join(folder, 'vfr.mkv');
    // The n-th frame at 7n + n*n milliseconds, a step no two alike.
    const [input, output] = splitFilter(grays(120, { rate: 1000, step: 2, size: '64x64' }));
    const vary = ['-vf', `${filterOf(output)},setpts='(7*N+N*N)/1000/TB+0.5'`, '-vsync', '0'];
    await generate(path, ...input, ...vary, ...withoutFilter(output));
    const frames: Frame[] = [];
    // 64x64 fits the exact resize, so whole frames run through the pipe: 12 KB each, more than it holds.
    for await (const frame of openFrames(path, { size: 64 })) {
      frames.push(frame);
      if (frame.index % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(frames).toHaveLength(120);
    for (const [n, frame] of frames.entries()) {
      expect(frame.timestampSeconds).toBeCloseTo((7 * n + n * n) / 1000, 6);
      expect(Math.round(levelOf(frame))).toBe(2 * n);
    }
  });

  it.each([
    ['spread over the whole', [0, 31, 62, 93, 124, 155, 186, 217, 248]],
    ['a run in the middle', [100, 101, 102, 103]],
    ['the last alone', [249]],
    ['all but a few', Array.from({ length: 250 }, (_, i) => i).filter((i) => i % 7 !== 3)],
  ])('gives exactly the frames that are wanted: %s', async (_, wanted) => {
    const path = join(folder, 'wanted.mp4');
    if (!existsSync(path)) await generate(path, ...grays(250, { rate: 30 }), '-g', '20');
    const frames = await gather(openFrames(path, { size: SIZE, wanted }));
    expect(levels(frames)).toEqual(wanted);
    expect(times(frames).every((time, i) => Math.abs(time - (wanted[i] ?? 0) / 30) < 1e-4)).toBe(true);
  });

  it.each(['mp4', 'mkv'])(
    'jumps inside %s to the same frames as it would read through',
    async (container) => {
      const path = join(folder, `jump.${container}`);
      const encode = [
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-g',
        '30',
        '-bf',
        '2',
        '-pix_fmt',
        'yuv420p',
      ];
      // Untouched frames are free to encode, so size costs nothing here; it is what makes a jump worth while.
      const source = `color=black:s=1280x720:r=30,drawbox=x=0:y=0:w=iw:h=ih:t=fill:color=gray:enable='lt(mod(n,60),30)'`;
      await generate(path, '-f', 'lavfi', '-i', source, '-frames:v', '300', ...encode);
      const pids: number[] = [];
      const wanted = [5, 160, 199, 295];
      const frames = await gather(openFrames(path, { size: SIZE, wanted, onStart: (pid) => pids.push(pid) }));
      expect(pids.length).toBeGreaterThan(1);
      expect(times(frames).map((time) => Math.round(time * 30))).toEqual(wanted);
      expect(levels(frames).map((level) => level > 60)).toEqual([true, false, true, false]);
    },
  );

  it.each([
    ['ts', ['-c:v', 'libx264', '-bf', '2', '-pix_fmt', 'yuv420p']],
    ['avi', ['-c:v', 'mpeg4', '-bf', '2', '-q:v', '1']],
    ['webm', ['-c:v', 'libvpx', '-b:v', '1M']],
    ['flv', ['-c:v', 'flv1', '-q:v', '1']],
  ])('gives the frames of %s that are wanted', async (container, encode) => {
    const path = join(folder, `c.${container}`);
    const [input, output] = splitFilter(grays(60, { rate: 25, step: 4, size: '64x64' }));
    await generate(path, ...input, '-vf', `${filterOf(output)},format=yuv420p`, '-frames:v', '60', ...encode);
    const wanted = [0, 7, 30, 31, 58];
    const frames = await gather(openFrames(path, { size: SIZE, wanted }));
    expect(times(frames).map((time) => Math.round(time * 25))).toEqual(wanted);
    for (const [i, frame] of frames.entries()) {
      expect(Math.abs(levelOf(frame) - (wanted[i] ?? 0) * 4)).toBeLessThan(6);
    }
  });

  it('turns a video as its header says', async () => {
    const plain = join(folder, 'plain.mp4');
    const source = 'color=blue:s=64x32,drawbox=x=0:y=0:w=32:h=16:t=fill:color=red';
    const encode = ['-frames:v', '3', '-c:v', 'libx264', '-qp', '5', '-pix_fmt', 'yuv444p'];
    await generate(plain, '-f', 'lavfi', '-i', source, ...encode);
    const seen: number[] = [];
    for (const tag of [0, 90, 180, 270]) {
      const path = join(folder, `turned${tag}.mp4`);
      await generate(path, '-i', plain, '-c', 'copy', '-metadata:s:v:0', `rotate=${tag}`);
      const { rotationDegrees, widthPixels, heightPixels } = await probeVideo(path, tools);
      seen.push(rotationDegrees);
      expect([widthPixels, heightPixels]).toEqual(rotationDegrees % 180 === 0 ? [64, 32] : [32, 64]);
      const [frame] = await gather(openFrames(path, { size: 16 }));
      const reds = [0, 1, 2, 3].filter((quarter) => frame && (quarterColor(frame, quarter)[0] ?? 0) > 128);
      // Red is top left as stored; clockwise it goes top right, bottom right, bottom left.
      expect(reds).toEqual([[0, 1, 3, 2][rotationDegrees / 90]]);
    }
    expect(seen.sort((a, b) => a - b)).toEqual([0, 90, 180, 270]);
  });
});

describe('colours', () => {
  it.each([
    ['bt709', 'tv', '1280x720', true],
    ['bt709', 'tv', '320x240', true],
    ['smpte170m', 'tv', '1280x720', true],
    ['bt709', 'pc', '1280x720', true],
    ['smpte170m', 'pc', '320x240', true],
    ['bt709', 'tv', '1280x720', false],
    ['smpte170m', 'tv', '320x240', false],
  ])('of %s in %s range at %s come out right (tagged: %s)', async (matrix, range, size, isTagged) => {
    const path = join(folder, `color-${matrix}-${range}-${size}-${isTagged}.mkv`);
    const convert = `format=gbrp,scale=out_color_matrix=${matrix === 'bt709' ? 'bt709' : 'bt601'}:out_range=${range},format=yuv420p`;
    const tags = isTagged ? ['-colorspace', matrix, '-color_range', range] : [];
    await generate(
      path,
      '-f',
      'lavfi',
      '-i',
      `color=0xC86432:s=${size}`,
      '-vf',
      convert,
      '-frames:v',
      '1',
      '-c:v',
      'libx264',
      '-qp',
      '0',
      ...tags,
    );
    const [frame] = await gather(openFrames(path, { size: SIZE }));
    const color = frame === undefined ? [] : quarterColor(frame, 0);
    for (const [i, level] of [200, 100, 50].entries())
      expect(Math.abs((color[i] ?? 0) - level)).toBeLessThanOrEqual(3);
  });

  it('of HDR are mapped to an ordinary screen', async ({ skip }) => {
    const path = join(folder, 'hdr.mkv');
    const tags = ['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'];
    // A PQ level of 0.58 is 200 nits: a white page, which shown as it is would be middle gray.
    const source = 'color=0x949494:s=64x64';
    await generate(
      path,
      '-f',
      'lavfi',
      '-i',
      source,
      '-frames:v',
      '2',
      '-c:v',
      'libx265',
      '-x265-params',
      'log-level=none',
      '-pix_fmt',
      'yuv420p10le',
      ...tags,
    );
    expect((await probeVideo(path, tools)).isHdr).toBe(true);
    const warnings: string[] = [];
    const [frame] = await gather(
      openFrames(path, { size: SIZE, onWarning: ({ code }) => warnings.push(code) }),
    );
    skip(warnings.includes('hdr_not_mapped'), 'this ffmpeg was built without zscale');
    expect(frame && levelOf(frame)).toBeGreaterThan(175);
  });
});

describe('a reading that is left', () => {
  let long: string;
  beforeAll(async () => {
    long = await generate(
      join(folder, 'long.mp4'),
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=640x400:r=25',
      '-t',
      '20',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-pix_fmt',
      'yuv420p',
    );
  });

  it('leaves no ffmpeg, nor a listener', async () => {
    let pid = 0;
    for await (const frame of openFrames(long, { size: 224, onStart: (started) => (pid = started) })) {
      expect(isAlive(pid)).toBe(true);
      if (frame.index === 3) break;
    }
    expect(isAlive(pid)).toBe(false);
    expect(childRegistry.size).toBe(0);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  it('by an abort ends at once with its error and leaves no ffmpeg', async () => {
    for (const at of [0, 5]) {
      const controller = new AbortController();
      let pid = 0;
      const read = async (): Promise<void> => {
        for await (const frame of openFrames(long, {
          size: 224,
          signal: controller.signal,
          onStart: (started) => {
            pid = started;
            if (at === 0)
              queueMicrotask(() => {
                controller.abort();
              });
          },
        })) {
          if (frame.index === at) controller.abort();
        }
      };
      await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
      expect(isAlive(pid)).toBe(false);
    }
    const aborted = gather(openFrames(long, { size: 224, signal: AbortSignal.abort() }));
    await expect(aborted).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('by a throwing consumer leaves no ffmpeg', async () => {
    let pid = 0;
    const read = async (): Promise<void> => {
      for await (const frame of openFrames(long, { size: 224, onStart: (started) => (pid = started) })) {
        if (frame.index === 1) throw new Error('enough');
      }
    };
    await expect(read()).rejects.toThrow('enough');
    expect(isAlive(pid)).toBe(false);
  });

  it.each([
    ['SIGINT', 'wait'],
    ['SIGTERM', 'wait'],
    [undefined, 'throw'],
    [undefined, 'exit'],
    ['SIGKILL', 'read'],
  ] as const)('by a program that ends (%s, %s) leaves no ffmpeg', async (signal, end) => {
    const script = fileURLToPath(new URL('./reading-program.ts', import.meta.url));
    const loader = fileURLToPath(import.meta.resolve('tsx'));
    const program = spawn(process.execPath, ['--import', loader, script, long, end, tools.ffmpeg.path], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let pid = 0;
    for await (const line of createInterface({ input: program.stdout })) {
      pid = Number(line);
      if (signal !== undefined) program.kill(signal);
      break;
    }
    if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
    expect(pid).toBeGreaterThan(0);
    if (signal !== undefined) expect(program.signalCode).toBe(signal);
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
  });
});

describe('an ffmpeg that hangs', () => {
  /** Tools whose ffmpeg answers questions as it does, and `hangs` (in sh) when it is to read. */
  const hangingTools = async (
    name: string,
    hangs: string,
  ): Promise<Awaited<ReturnType<typeof findFfmpeg>>> => {
    const place = join(folder, name);
    await mkdir(place, { recursive: true });
    const script = join(place, 'ffmpeg');
    await writeFile(
      script,
      `#!/bin/sh\ncase "$*" in *-i\\ *) ${hangs};; esac\nexec '${tools.ffmpeg.path}' "$@"\n`,
    );
    await chmod(script, 0o755);
    return findFfmpeg({ ffmpegPath: script, ffprobePath: tools.ffprobe.path });
  };

  it('is ended after the stall timeout, and given up when its replacement hangs too', async () => {
    const hanging = await hangingTools('hanging', 'exec sleep 600');
    const path = await generate(join(folder, 'stall.mp4'), ...grays(3));
    const video = await probeVideo(path, hanging);
    const timeline = await readTimeline(video, hanging);
    const pids: number[] = [];
    const options = { size: SIZE, stallTimeoutMs: 5000, onStart: (pid: number) => pids.push(pid) };
    await expect(gather(readFrames(video, timeline, hanging, options))).rejects.toMatchObject({
      code: 'ffmpeg_stalled',
    });
    expect(pids).toHaveLength(2);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('is replaced, and no frame is lost or given twice', async () => {
    const path = await generate(join(folder, 'hung.mp4'), ...grays(120, { step: 2, size: '320x240' }));
    const frames: Frame[] = [];
    const pids: number[] = [];
    const options = { size: SIZE, stallTimeoutMs: 8000, onStart: (pid: number) => pids.push(pid) };
    for await (const frame of openFrames(path, options)) {
      frames.push(frame);
      if (frame.index === 7) process.kill(pids.at(-1) ?? 0, 'SIGSTOP');
    }
    expect(levels(frames)).toEqual(Array.from({ length: 120 }, (_, i) => i * 2));
    expect(pids).toHaveLength(2);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('is not one whose consumer is slow', async () => {
    const path = await generate(join(folder, 'slow.mp4'), ...grays(40, { step: 3, size: '320x240' }));
    const frames: Frame[] = [];
    for await (const frame of openFrames(path, { size: SIZE, stallTimeoutMs: 4000 })) {
      frames.push(frame);
      // Longer than the timeout, while ffmpeg waits with a full pipe.
      if (frame.index === 2) await new Promise((resolve) => setTimeout(resolve, 5000));
    }
    expect(levels(frames)).toEqual(Array.from({ length: 40 }, (_, i) => i * 3));
  });
});

describe('a program that is killed from outside', () => {
  it('is replaced: ffmpeg, and no frame is lost or given twice', async () => {
    const path = await generate(join(folder, 'killed.mp4'), ...grays(120, { step: 2, size: '320x240' }));
    const frames: Frame[] = [];
    const pids: number[] = [];
    for await (const frame of openFrames(path, { size: SIZE, onStart: (pid) => pids.push(pid) })) {
      frames.push(frame);
      if ([0, 7, 60].includes(frame.index)) process.kill(pids.at(-1) ?? 0, 'SIGKILL');
      if (frame.index === 90) process.kill(pids.at(-1) ?? 0, 'SIGTERM');
    }
    expect(levels(frames)).toEqual(Array.from({ length: 120 }, (_, i) => i * 2));
    expect(frames.map((frame) => frame.index)).toEqual([...frames.keys()]);
    expect(pids.length).toBeGreaterThan(1);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('is given up when it happens again and again', async () => {
    const path = await generate(join(folder, 'murdered.mp4'), ...grays(50, { size: '640x480' }));
    const pids: number[] = [];
    const onStart = (pid: number): void => {
      pids.push(pid);
      process.kill(pid, 'SIGKILL');
    };
    await expect(gather(openFrames(path, { size: SIZE, onStart }))).rejects.toMatchObject({
      code: 'ffmpeg_killed',
    });
    expect(pids).toHaveLength(4);
  });

  it.each(['-show_streams', '-show_entries'])('is replaced: ffprobe when it does %s', async (task) => {
    const path = await generate(join(folder, 'probed.mp4'), ...grays(120, { step: 2 }));
    const place = join(folder, `killed${task}`);
    await mkdir(place, { recursive: true });
    const script = join(place, 'ffprobe');
    // The first time it is killed after a part of its answer.
    const first = `if [ ! -e '${place}/once' ]; then : > '${place}/once'; '${tools.ffprobe.path}' "$@" | head -n 9; kill -KILL $$; fi`;
    await writeFile(
      script,
      `#!/bin/sh\ncase "$*" in *${task}*) ${first};; esac\nexec '${tools.ffprobe.path}' "$@"\n`,
    );
    await chmod(script, 0o755);
    const killed = { ...tools, ffprobe: { ...tools.ffprobe, path: script } };
    const timeline = await readTimeline(await probeVideo(path, killed), killed);
    expect(existsSync(join(place, 'once'))).toBe(true);
    expect(timeline.seconds).toHaveLength(120);
  });
});

/** The arguments of `grays` up to its filter, and from it on. */
function splitFilter(args: readonly string[]): [string[], string[]] {
  const at = args.indexOf('-vf');
  return [args.slice(0, at), args.slice(at)];
}

function filterOf(output: readonly string[]): string {
  return output[1] ?? '';
}

function withoutFilter(output: readonly string[]): string[] {
  return output.slice(2);
}
