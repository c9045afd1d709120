import { fileInputOptions } from './input-formats.js';
import type { LocalFile } from './local-file.js';

/** What of a file its programs are told. */
type NamedFile = Pick<LocalFile, 'url' | 'head'>;

/** ffprobe's arguments that ask what a file holds, as JSON. */
export function probeArgs(file: NamedFile): string[] {
  return [...quiet(file), '-show_format', '-show_streams', '-of', 'json', '-i', file.url];
}

/**
 * ffprobe's arguments that list one stream, a line each: its packets, which costs reading but no decoding,
 * or its frames, which costs both.
 */
export function listArgs(file: NamedFile, streamIndex: number, entries: 'packets' | 'frames'): string[] {
  const fields =
    entries === 'packets'
      ? 'packet=pts_time,duration_time,flags'
      : 'frame=best_effort_timestamp_time,pkt_duration_time,duration_time,key_frame';
  const select = ['-select_streams', String(streamIndex)];
  return [...quiet(file), ...select, '-show_entries', fields, '-of', 'compact=p=0', '-i', file.url];
}

function quiet(file: NamedFile): string[] {
  return ['-v', 'error', ...fileInputOptions(file)];
}
