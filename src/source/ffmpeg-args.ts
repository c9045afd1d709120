import { SAFE_INPUT_OPTIONS } from './input-formats.js';
import type { FfmpegProgram } from './ffmpeg-program.js';

/** One ffmpeg command with one input and raw RGB frames on its stdout. */
export interface FfmpegCommandLine {
  readonly inputOptions: readonly string[];
  readonly input: string;
  readonly outputOptions: readonly string[];
}

/** What is read, from where, through which filters. */
export interface ReadRequest {
  readonly url: string;
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
      ...SAFE_INPUT_OPTIONS,
      ...['-threads', String(request.threads), '-copyts'],
      ...seek,
    ],
    input: request.url,
    outputOptions: [
      ...['-map', `0:${request.streamIndex}`, '-map_metadata', '-1'],
      ...['-filter:v', request.filters],
      ...(hasFpsMode(request.program) ? ['-fps_mode', 'passthrough'] : ['-vsync', '0']),
      ...['-c:v', 'rawvideo', '-flush_packets', '1', '-f', 'rawvideo'],
    ],
  };
}

/** `-fps_mode` came with 5.1, and `-vsync` goes away in later ones. Builds between releases have a year only. */
function hasFpsMode({ version, year }: Pick<FfmpegProgram, 'version' | 'year'>): boolean {
  const [, major, minor] = /^n?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return (year ?? 0) >= 2023;
  return Number(major) > 5 || (Number(major) === 5 && Number(minor) >= 1);
}
