import { EnvironmentError, RequestError } from '../shared/errors.js';
import { exceedsPixels } from './exceeds-pixels.js';
import type { FfmpegTools } from './ffmpeg-program.js';
import { type LocalFile, openLocalFile } from './local-file.js';
import { parseProbe } from './parse-probe.js';
import { pictureInfo } from './picture-info.js';
import { probeAnswer } from './probe-answer.js';
import { probeArgs } from './probe-args.js';
import { probeError } from './probe-error.js';
import { retryKilled } from './retry-killed.js';
import { runFfprobe } from './run-ffprobe.js';
import type { VideoInfo } from './video-info.js';
import { VIDEO_LIMITS } from './video-limits.js';

/**
 * What a local video or picture file holds.
 *
 * The path is taken as the name of a plain file, whatever characters it has.
 * @throws RequestError with one of the codes of `openLocalFile`, `parseProbe` and `probeError`
 * @throws EnvironmentError `ffprobe_crashed`; CancelledError
 */
export async function probeVideo(path: string, tools: FfmpegTools, signal?: AbortSignal): Promise<VideoInfo> {
  const file = await openLocalFile(path);
  return (
    (await pictureInfo(file)) ?? parseProbe(file, await retryKilled(() => askFfprobe(file, tools, signal)))
  );
}

async function askFfprobe(
  file: LocalFile,
  tools: FfmpegTools,
  signal: AbortSignal | undefined,
): Promise<ReturnType<typeof probeAnswer.parse>> {
  let json = '';
  const exit = await runFfprobe(tools.ffprobe, probeArgs(file), {
    onLine: (line) => {
      json += `${line}\n`;
      if (json.length > VIDEO_LIMITS.maxProbeBytes) {
        throw new RequestError(
          'video_unreadable',
          `${JSON.stringify(file.path)} describes itself in more than ${VIDEO_LIMITS.maxProbeBytes} characters: convert it first`,
        );
      }
    },
    idleTimeoutMs: VIDEO_LIMITS.probeTimeoutMs,
    signal,
  });
  if (exit.code === null) {
    throw new EnvironmentError(
      'ffprobe_crashed',
      `${JSON.stringify(tools.ffprobe.path)} crashed on ${JSON.stringify(file.path)}: install a current ffmpeg, or name one in FFMPEG_PATH`,
    );
  }
  if (exit.code !== 0) throw probeError(file, exit.stderr);
  const answer = probeAnswer.safeParse(JSON.parse(json));
  if (!answer.success) throw probeError(file, answer.error.message);
  // Some versions end with success and a picture without a size.
  const isSized = answer.data.streams.some(({ width = 0 }) => width > 0);
  if (!isSized && exceedsPixels(exit.stderr)) throw probeError(file, exit.stderr);
  return answer.data;
}
