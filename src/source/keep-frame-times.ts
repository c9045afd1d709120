import type { FfmpegProgram } from './ffmpeg-program.js';

/**
 * Output options that give every frame once, with its own time.
 *
 * `-fps_mode` came with 5.1, and `-vsync` goes away in later ones. Builds between releases have a year only.
 */
export function keepFrameTimes(program: Pick<FfmpegProgram, 'version' | 'year'>): readonly string[] {
  return hasFpsMode(program) ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'];
}

function hasFpsMode({ version, year }: Pick<FfmpegProgram, 'version' | 'year'>): boolean {
  const [, major, minor] = /^n?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return (year ?? 0) >= 2023;
  return Number(major) > 5 || (Number(major) === 5 && Number(minor) >= 1);
}
