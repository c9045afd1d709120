import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FfmpegTools } from '../../../src/source/ffmpeg-program.js';
import { tools } from './lavfi.js';

/** An ffmpeg that moves the index of an mp4 to the front for so many seconds, without a word meanwhile. */
export async function slowIndex(folder: string, seconds: number): Promise<FfmpegTools> {
  const path = join(folder, 'slow-index');
  const script = [
    '#!/bin/sh',
    `'${tools.ffmpeg.path}' "$@" || exit`,
    'case "$*" in *faststart*) ;; *) exit 0 ;; esac',
    'echo "[mp4 @ 0x1234] Starting second pass: moving the moov atom to the beginning of the file" >&2',
    `exec sleep ${seconds}`,
  ];
  await writeFile(path, `${script.join('\n')}\n`, { mode: 0o755 });
  return { ...tools, ffmpeg: { ...tools.ffmpeg, path } };
}
