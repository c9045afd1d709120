import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EnvironmentError } from '../shared/errors.js';
import { ageAdvice } from './age-advice.js';
import { bundledProgram } from './bundled-program.js';
import type { FfmpegProgram, FfmpegTools } from './ffmpeg-program.js';
import { type ProgramCandidate, programCandidates } from './program-candidates.js';
import { parseVersionBanner } from './version-banner.js';

/** What the settings and the environment say; nothing here reads `process.env`. */
export interface FfmpegSettings {
  /** FFMPEG_PATH: the program itself. */
  readonly ffmpegPath?: string | undefined;
  /** FFPROBE_PATH: the program itself. */
  readonly ffprobePath?: string | undefined;
  /** The PATH to search. */
  readonly path?: string | undefined;
}

/** Printing a banner takes milliseconds; a program that needs longer is not ffmpeg. */
const BANNER_TIMEOUT_MS = 10_000;
const run = promisify(execFile);

/**
 * Finds ffmpeg and ffprobe: the ones named by a setting, else on the PATH, else the bundled ones.
 *
 * A system with ffmpeg but no ffprobe gets the bundled ffprobe.
 * @throws EnvironmentError `ffmpeg_missing`, or `ffmpeg_not_usable` for a named program that is none
 */
export async function findFfmpeg(settings: FfmpegSettings, now = new Date()): Promise<FfmpegTools> {
  const { ffmpegPath, ffprobePath, path = '' } = settings;
  const ffmpeg = await firstUsable(
    'ffmpeg',
    programCandidates('ffmpeg', ffmpegPath, path, bundledProgram('ffmpeg')),
    now,
  );
  const candidates = programCandidates('ffprobe', ffprobePath, path, bundledProgram('ffprobe'), ffmpeg);
  return { ffmpeg, ffprobe: await firstUsable('ffprobe', candidates, now) };
}

async function firstUsable(
  name: 'ffmpeg' | 'ffprobe',
  candidates: readonly ProgramCandidate[],
  now: Date,
): Promise<FfmpegProgram> {
  for (const candidate of candidates) {
    const banner = (await isProgram(candidate.path)) ? await readBanner(candidate.path) : undefined;
    if (banner !== undefined) {
      const advice = ageAdvice(name, banner.year, now);
      return { path: candidate.path, origin: candidate.origin, ...banner, advice };
    }
    if (candidate.required) {
      throw new EnvironmentError(
        'ffmpeg_not_usable',
        `${JSON.stringify(candidate.path)}, named as ${name.toUpperCase()}_PATH, is not a ${name} that runs here: name the program itself, or leave the setting empty`,
      );
    }
  }
  throw new EnvironmentError(
    'ffmpeg_missing',
    `no ${name} was found on the PATH or among the installed packages: install ffmpeg, or name it in ${name.toUpperCase()}_PATH`,
  );
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function readBanner(path: string): Promise<ReturnType<typeof parseVersionBanner>> {
  try {
    const { stdout } = await run(path, ['-version'], { timeout: BANNER_TIMEOUT_MS, windowsHide: true });
    return parseVersionBanner(stdout);
  } catch {
    return undefined;
  }
}
