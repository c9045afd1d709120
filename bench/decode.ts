/**
 * Reading a video's frames against ffmpeg alone with the same arguments, its frames thrown away (Linux).
 * `npx tsx bench/decode.ts [--rounds 5] [VIDEO]`; without a video one of a minute is made, 1280x720.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config.js';
import { findFfmpeg } from '../src/source/find-ffmpeg.js';
import { probeVideo } from '../src/source/probe-video.js';
import { readFrames } from '../src/source/read-frames.js';
import { readTimeline } from '../src/source/read-timeline.js';

const SIZE = 224;

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const tools = await findFfmpeg(loadConfig(process.env).ffmpeg);
const folder = await mkdtemp(join(tmpdir(), 'decode-'));
const ledger = join(folder, 'arguments');
try {
  const path = positionals[0] ?? (await makeVideo(join(folder, 'minute.mp4')));
  const recorder = await recorded();
  for (const [name, every] of Object.entries({ 'every frame': 1, 'one frame in 30': 30 })) {
    const ratios: number[] = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      const ours = await read(path, every, recorder);
      const bareMs = await bare(ours.commands);
      ratios.push(bareMs / ours.readMs);
      process.stdout.write(
        `${name}: ${ours.frames} frames, opened in ${ours.openMs.toFixed(0)} ms, read in ${ours.readMs.toFixed(0)} ms; ` +
          `bare ffmpeg ${bareMs.toFixed(0)} ms\n`,
      );
    }
    const sorted = ratios.sort((a, b) => a - b);
    const [least, most] = [sorted[0] ?? NaN, sorted.at(-1) ?? NaN];
    const median = sorted[sorted.length >> 1] ?? NaN;
    process.stdout.write(
      `${name}: ${median.toFixed(2)}x bare ffmpeg (${least.toFixed(2)} to ${most.toFixed(2)})\n`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** ffmpeg that writes down what it is given, each start's arguments behind the other's with an empty one between. */
async function recorded(): Promise<typeof tools> {
  const path = join(folder, 'ffmpeg');
  const write = `printf '%s\\0' "$@" '' >> '${ledger}'`;
  await writeFile(path, `#!/bin/sh\n${write}\nexec '${tools.ffmpeg.path}' "$@"\n`, { mode: 0o755 });
  return { ...tools, ffmpeg: { ...tools.ffmpeg, path } };
}

async function read(path: string, every: number, recorder: typeof tools) {
  const begun = performance.now();
  const video = await probeVideo(path, tools);
  const timeline = await readTimeline(video, tools);
  const opened = performance.now();
  const wanted = Array.from(timeline.seconds, (_, frame) => frame).filter((frame) => frame % every === 0);
  await rm(ledger, { force: true });
  let frames = 0;
  for await (const frame of readFrames(video, timeline, recorder, { size: SIZE, wanted })) {
    frames += frame.pixels.dims[0] === SIZE ? 1 : 0;
  }
  const ended = performance.now();
  const starts = (await readFile(ledger, 'utf8')).split('\0\0').filter((line) => line !== '');
  const commands = starts.map((line) => line.split('\0').filter((word) => word !== ''));
  return { frames, openMs: opened - begun, readMs: ended - opened, commands };
}

async function bare(commands: readonly (readonly string[])[]): Promise<number> {
  const begun = performance.now();
  for (const args of commands) {
    const child = spawn(tools.ffmpeg.path, args, { stdio: ['ignore', 'ignore', 'ignore'] });
    await once(child, 'exit');
  }
  return performance.now() - begun;
}

async function makeVideo(path: string): Promise<string> {
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=30:duration=60'];
  const form = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-y', path];
  const child = spawn(tools.ffmpeg.path, [...picture, ...form], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg could not make a video (${String(code)})`);
  return path;
}
