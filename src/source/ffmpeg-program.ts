/** Where a program was found: named by a setting, on the PATH, or inside an npm package. */
export type ProgramOrigin = 'setting' | 'path' | 'bundled';

/** One of ffmpeg's programs, and what is worth telling about it. */
export interface FfmpegProgram {
  readonly path: string;
  readonly origin: ProgramOrigin;
  /** As its banner words it, `5.1.6-0+deb12u1` or `N-47683-g0e8eb07980-static`; `unknown` without one. */
  readonly version: string;
  /** The year of its source, from the banner; undefined where the banner names none. */
  readonly year: number | undefined;
  /** A sentence for people when it is too old for videos of strangers, else undefined. */
  readonly advice: string | undefined;
}

/** The two programs every file is read with. */
export interface FfmpegTools {
  readonly ffmpeg: FfmpegProgram;
  readonly ffprobe: FfmpegProgram;
}
