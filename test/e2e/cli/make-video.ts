import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findFfmpeg } from '../../../src/source/find-ffmpeg.js';

/** Writes a test video with the ffmpeg that the project itself would use. */
export async function makeVideo(path: string, args: readonly string[]): Promise<void> {
  const { ffmpeg } = await findFfmpeg({ path: '' });
  await promisify(execFile)(ffmpeg.path, ['-v', 'error', '-y', ...args, `file:${path}`]);
}

/** A moving test picture of so many seconds, 10 frames a second. */
export function testPicture(seconds: number): string[] {
  return ['-f', 'lavfi', '-i', `testsrc=duration=${seconds}:size=64x48:rate=10`, '-pix_fmt', 'yuv420p'];
}
