import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Frame } from '../../../src/shared/frame.js';
import { findFfmpeg } from '../../../src/source/find-ffmpeg.js';
import { probeVideo } from '../../../src/source/probe-video.js';
import { type ReadOptions, readFrames } from '../../../src/source/read-frames.js';
import { readTimeline } from '../../../src/source/read-timeline.js';

const run = promisify(execFile);

/** FFMPEG_PATH chooses the ffmpeg under test; else it is the one of the PATH, else the bundled one. */
export const tools = await findFfmpeg({
  ffmpegPath: process.env['FFMPEG_PATH'],
  path: process.env['PATH'],
});

/** A folder for generated videos, and how to remove it. */
export async function makeFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'palistream-source-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs ffmpeg to generate a file; `args` end with options of the output. */
export async function generate(path: string, ...args: readonly string[]): Promise<string> {
  await run(tools.ffmpeg.path, ['-v', 'error', '-nostdin', '-y', ...args, `file:${path}`]);
  return path;
}

/** Input arguments: so many frames, the n-th of gray level `n * step`, lossless when encoded as RGB. */
export function grays(
  frames: number,
  options: { rate?: number; step?: number; size?: string } = {},
): string[] {
  const { rate = 10, step = 1, size = '32x16' } = options;
  const level = `N*${step}`;
  return [
    ...['-f', 'lavfi', '-i', `color=black:s=${size}:r=${rate}`],
    ...['-vf', `format=gbrp,geq=r='${level}':g='${level}':b='${level}'`, '-frames:v', String(frames)],
    ...['-c:v', 'libx264rgb', '-qp', '0', '-preset', 'ultrafast'],
  ];
}

/** The mean level of a frame. */
export function levelOf(frame: Frame): number {
  return frame.pixels.data.reduce((sum, level) => sum + level, 0) / frame.pixels.data.length;
}

/** The mean colour of a quarter of a frame, 0 top left, 1 top right, 2 bottom left, 3 bottom right. */
export function quarterColor(frame: Frame, quarter: number): number[] {
  const [rows, columns] = frame.pixels.dims;
  const row = Math.floor(rows * (quarter < 2 ? 0.25 : 0.75));
  const column = Math.floor(columns * (quarter % 2 === 0 ? 0.25 : 0.75));
  const at = (row * columns + column) * 3;
  return [...frame.pixels.data.subarray(at, at + 3)];
}

/** Opens a file and reads it. */
export async function* openFrames(path: string, options: ReadOptions): AsyncGenerator<Frame> {
  const video = await probeVideo(path, tools, options.signal);
  const timeline = await readTimeline(video, tools, options);
  yield* readFrames(video, timeline, tools, options);
}

/** All of an iterable. */
export async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
