/** What one line of ffmpeg's showinfo filter tells of a frame. */
export interface ShownFrame {
  /** Counts from 0, and anew from where the picture changes its size or format. */
  readonly number: number;
  /** The container's timestamp, exact to the microsecond; undefined when the frame has none. */
  readonly seconds: number | undefined;
}

const SHOWINFO = /\[Parsed_showinfo_\d+ @ [^\]]*\] n:\s*(\d+) pts:\s*(-?\d+|NOPTS)\s/;

/**
 * Reads a line of showinfo behind `settb=1/1000000`; undefined for any other line.
 *
 * A line that begins with a space is ffmpeg quoting the file's own metadata, which may say anything.
 */
export function parseShowinfo(line: string): ShownFrame | undefined {
  if (line.startsWith(' ')) return undefined;
  const [, number, pts] = SHOWINFO.exec(line) ?? [];
  if (number === undefined || pts === undefined) return undefined;
  return { number: Number(number), seconds: pts === 'NOPTS' ? undefined : Number(pts) / 1e6 };
}
