import type { Readable } from 'node:stream';
import { fileInputOptions } from './input-formats.js';
import type { FfmpegProgram } from './ffmpeg-program.js';
import { keepFrameTimes } from './keep-frame-times.js';
import type { LocalFile } from './local-file.js';

/** One ffmpeg command: one file that is read, raw RGB frames on its stdout or a file that is written. */
export interface FfmpegCommandLine {
  readonly inputOptions: readonly string[];
  readonly input: string;
  /** A second input, which comes through a pipe. */
  readonly piped?: { readonly options: readonly string[]; readonly stream: Readable };
  /** `file:` and a path; stdout when left out. */
  readonly output?: string;
  readonly outputOptions: readonly string[];
  /** A second output of the same reading, through a pipe of its own. */
  readonly second?: { readonly outputOptions: readonly string[] };
}

/** What is read, from where, through which filters. */
export interface ReadRequest {
  readonly file: Pick<LocalFile, 'url' | 'head'>;
  readonly streamIndex: number;
  readonly filters: string;
  /** The container's timestamp of a key frame to begin at; undefined for the start of the file. */
  readonly seekSeconds: number | undefined;
  /** Decoder threads: more hold more frames in memory. */
  readonly threads: number;
  readonly program: Pick<FfmpegProgram, 'version' | 'year'>;
}

/**
 * ffmpeg's arguments for a reading.
 *
 * `-copyts` keeps the container's timestamps, also after a jump; the jump is not `accurate`, since the
 * select filter knows exactly which frames are meant. Each frame is flushed at once: the next may be an
 * hour of video away.
 */
export function ffmpegArgs(request: ReadRequest): FfmpegCommandLine {
  const seek =
    request.seekSeconds === undefined
      ? []
      : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', request.seekSeconds.toFixed(6)];
  return {
    inputOptions: [
      ...['-hide_banner', '-nostdin', '-stats', '-loglevel', 'info'],
      ...fileInputOptions(request.file),
      ...['-threads', String(request.threads), '-copyts'],
      ...seek,
    ],
    input: request.file.url,
    outputOptions: [
      ...['-map', `0:${request.streamIndex}`, '-map_metadata', '-1'],
      ...['-filter:v', request.filters],
      ...keepFrameTimes(request.program),
      ...['-c:v', 'rawvideo', '-flush_packets', '1', '-f', 'rawvideo'],
    ],
  };
}
