import { SAFE_INPUT_OPTIONS } from './input-formats.js';

/** ffprobe's arguments that ask what a file holds, as JSON. */
export function probeArgs(url: string): string[] {
  return [...quiet(), '-show_format', '-show_streams', '-of', 'json', '-i', url];
}

/**
 * ffprobe's arguments that list one stream, a line each: its packets, which costs reading but no decoding,
 * or its frames, which costs both.
 */
export function listArgs(url: string, streamIndex: number, entries: 'packets' | 'frames'): string[] {
  const fields =
    entries === 'packets'
      ? 'packet=pts_time,duration_time,flags'
      : 'frame=best_effort_timestamp_time,pkt_duration_time,duration_time,key_frame';
  const select = ['-select_streams', String(streamIndex)];
  return [...quiet(), ...select, '-show_entries', fields, '-of', 'compact=p=0', '-i', url];
}

function quiet(): string[] {
  return ['-v', 'error', ...SAFE_INPUT_OPTIONS];
}
