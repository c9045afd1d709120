import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EnvironmentError, messageOf } from '../shared/errors.js';

const run = promisify(execFile);
/** Printing a list takes milliseconds. */
const TIMEOUT_MS = 10_000;

/** The encoders that are good enough for a drawn video, best first: H.264 where there is any, since all play it. */
const ENCODERS: readonly { readonly name: string; readonly options: readonly string[] }[] = [
  { name: 'libx264', options: ['-preset', 'veryfast', '-crf', '20'] },
  { name: 'libopenh264', options: ['-b:v', '4M'] },
  { name: 'h264_videotoolbox', options: ['-b:v', '6M'] },
  { name: 'h264_mf', options: ['-b:v', '6M'] },
  { name: 'mpeg4', options: ['-q:v', '3'] },
];

/**
 * Output options for the best encoder an ffmpeg was built with.
 * @throws EnvironmentError `no_video_encoder`
 */
export async function videoEncoder(program: string): Promise<readonly string[]> {
  let list: string;
  try {
    ({ stdout: list } = await run(program, ['-hide_banner', '-encoders'], { timeout: TIMEOUT_MS }));
  } catch (error) {
    throw noEncoder(program, messageOf(error).split('\n')[0] ?? '', error);
  }
  const chosen = chooseEncoder(list);
  if (chosen === undefined) throw noEncoder(program, 'it was built without any', undefined);
  return chosen;
}

/** @param list what `ffmpeg -encoders` prints: ` V..... libx264   libx264 H.264 ...` */
export function chooseEncoder(list: string): readonly string[] | undefined {
  const names = new Set([...list.matchAll(/^ V\S{5} (\S+)/gm)].map((match) => match[1]));
  const found = ENCODERS.find(({ name }) => names.has(name));
  return found === undefined ? undefined : ['-c:v', found.name, ...found.options];
}

function noEncoder(program: string, why: string, cause: unknown): EnvironmentError {
  return new EnvironmentError(
    'no_video_encoder',
    `${JSON.stringify(program)} cannot write H.264 or MPEG-4 (${why}): install a full ffmpeg, or name one in FFMPEG_PATH`,
    { cause },
  );
}
