import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findFfmpeg } from '../../src/source/find-ffmpeg.js';
import { newCanvas, render, type Film } from './render.js';

/** How a scene becomes a video file. */
export interface VideoOptions {
  /** Even; the width follows from the scene's aspect, rounded to an even number. */
  readonly height: number;
  readonly seconds: number;
  readonly framesPerSecond: number;
  /** Plays the scene from its end to its beginning. */
  readonly backwards?: boolean;
}

/** Renders a film and writes it as H.264 in an mp4 that browsers play. */
export async function writeVideo(film: Film, file: string, options: VideoOptions): Promise<void> {
  const { height, seconds, framesPerSecond, backwards = false } = options;
  const width = 2 * Math.round((height * film.scene.aspect) / 2);
  const { ffmpeg } = await findFfmpeg({ path: process.env.PATH });
  const input = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    `${width}x${height}`,
    '-r',
    String(framesPerSecond),
  ];
  // The colour matrix is written into the file, so that every player turns it back into the same RGB.
  const colours = ['-vf', 'scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int'];
  const tags = [
    '-colorspace',
    'bt709',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-color_range',
    'tv',
  ];
  const coding = [
    '-c:v',
    'libx264',
    '-preset',
    'slow',
    '-crf',
    '25',
    '-pix_fmt',
    'yuv420p',
    '-movflags',
    '+faststart',
  ];
  const bare = ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-map_metadata', '-1'];
  const child = spawn(
    ffmpeg.path,
    [
      '-y',
      '-loglevel',
      'error',
      ...input,
      '-i',
      '-',
      ...colours,
      ...coding,
      ...tags,
      ...bare,
      `file:${file}`,
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const ended = once(child, 'close');
  const canvas = newCanvas(width, height);
  const count = Math.round(seconds * framesPerSecond);
  for (let index = 0; index < count; index++) {
    const u = index / count;
    render(film, backwards ? 1 - u : u, canvas);
    if (!child.stdin.write(Buffer.from(canvas.rgb))) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)} while it wrote ${file}`);
}
