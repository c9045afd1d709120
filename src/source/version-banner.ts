/** What the first line of `ffmpeg -version` tells. */
export interface VersionBanner {
  readonly version: string;
  /** The last year of the copyright line: the year the source is from. */
  readonly year: number | undefined;
}

/**
 * Reads the first line of `ffmpeg -version` or `ffprobe -version`.
 *
 * Returns undefined for text that is not such a banner, so that a program of another kind is not taken
 * for ffmpeg.
 */
export function parseVersionBanner(text: string): VersionBanner | undefined {
  const line = text.split('\n', 1)[0] ?? '';
  const version = /^ff(?:mpeg|probe) version (\S+)/.exec(line)?.[1];
  if (version === undefined) return undefined;
  const year = /Copyright \(c\) \d{4}-(\d{4})/.exec(line)?.[1];
  return { version, year: year === undefined ? undefined : Number(year) };
}
