import childProcess from 'node:child_process';
import { afterAll, expect, it } from 'vitest';
import { findFfmpeg } from '../../../src/source/find-ffmpeg.js';

/** What the system says to the next fork; null: it forks. */
let refusal: string | null = null;
const { spawn } = childProcess;
childProcess.spawn = ((...given: Parameters<typeof spawn>) => {
  if (refusal === null) return spawn(...given);
  const child = spawn('/no/such/program', [], { stdio: 'pipe' });
  const emit = child.emit.bind(child) as (name: string, ...what: unknown[]) => boolean;
  const reason = refusal;
  child.emit = (name: string, ...what: unknown[]) =>
    name === 'error' ? emit(name, new Error(`spawn ffmpeg ${reason}`)) : emit(name, ...what);
  return child;
}) as typeof spawn;
// fluent-ffmpeg takes `spawn` when it is loaded.
const { startFfmpeg } = await import('../../../src/source/ffmpeg-process.js');

afterAll(() => {
  childProcess.spawn = spawn;
});

async function start(): Promise<number | null> {
  const tools = await findFfmpeg({ ffmpegPath: undefined, path: process.env['PATH'] ?? '' });
  const line = {
    ...{ input: 'color=s=16x16:d=0.1', inputOptions: ['-f', 'lavfi'] },
    outputOptions: ['-f', 'rawvideo'],
  };
  const ffmpeg = await startFfmpeg(tools.ffmpeg.path, line, {
    onLine: () => undefined,
    startTimeoutMs: 20_000,
  });
  ffmpeg.stdout.resume();
  const { code } = await ffmpeg.exited;
  await ffmpeg.stop();
  return code;
}

it('tells of a program that cannot be forked any more, which no video is to blame for', async () => {
  expect(await start()).toBe(0); // from now on fluent-ffmpeg knows its formats
  refusal = 'EAGAIN';
  await expect(start()).rejects.toMatchObject({ code: 'ffmpeg_stalled', name: 'RetryableError' });
  refusal = 'ENOENT';
  await expect(start()).rejects.toMatchObject({ code: 'ffmpeg_not_usable', name: 'EnvironmentError' });
  refusal = null;
  expect(await start()).toBe(0);
});
