import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/errors.js';
import type { FfmpegTools } from '../../source/ffmpeg-program.js';
import { overlayVideo } from '../../source/overlay-video.js';
import { readTimeline } from '../../source/read-timeline.js';
import type { VideoInfo } from '../../source/video-info.js';
import type { Drawing } from './drawing.js';
import { sceneOf } from './scene-at.js';
import { ScenePainter } from './scene-painter.js';

/** For a file that does not say its rate. */
const DEFAULT_RATE = 25;
/** Faster cameras are drawn over so often: boxes need not move more often than a screen. */
const MAX_RATE = 120;

export interface DrawVideoOptions {
  readonly tools: FfmpegTools;
  /** Path of the mp4 that is written; it is not made under another name first. */
  readonly output: string;
  readonly signal: AbortSignal;
  /** Told how many of how many pictures have been drawn. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Writes a video with a drawing in it: all its frames, at its own size and times, with its sound.
 * @throws the errors of overlayVideo
 */
export async function drawVideo(
  video: VideoInfo,
  drawing: Drawing,
  options: DrawVideoOptions,
): Promise<void> {
  const { tools, output, signal, onProgress } = options;
  const framesPerSecond = Math.min(MAX_RATE, video.framesPerSecond ?? DEFAULT_RATE);
  const timeline = await readTimeline(video, tools, { signal });
  const total = Math.max(1, Math.ceil(timeline.endSeconds * framesPerSecond));
  const painter = await ScenePainter.open(video.widthPixels, video.heightPixels);
  const overlays = overlaysOf(painter, drawing, framesPerSecond, signal);
  await overlayVideo(video, overlays, {
    tools,
    output,
    framesPerSecond,
    timeline,
    signal,
    onPicture: (done) => onProgress?.(Math.min(done, total), total),
  });
}

/** Endless: how long the video really is only ffmpeg knows. */
async function* overlaysOf(
  painter: ScenePainter,
  drawing: Drawing,
  framesPerSecond: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const sceneAt = sceneOf(drawing);
  for (let number = 0; ; number++) {
    throwIfCancelled(signal);
    yield (await painter.paint(sceneAt(number / framesPerSecond))).data;
    await nextTurn(); // so that Ctrl-C is heard while pictures are painted
  }
}
