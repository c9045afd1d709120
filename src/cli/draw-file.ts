import { drawPicture } from '../pipeline/draw/draw-picture.js';
import { drawVideo } from '../pipeline/draw/draw-video.js';
import type { Drawing } from '../pipeline/draw/drawing.js';
import type { FfmpegTools } from '../source/ffmpeg-program.js';
import { placeFile } from '../source/place-file.js';
import { readFullPicture } from '../source/read-full-picture.js';
import type { VideoInfo } from '../source/video-info.js';
import type { CliContext } from './context.js';
import type { DrawTarget } from './draw-options.js';
import { progressBar } from './progress-bar.js';

/** Writes a video, or one frame of it, with a drawing in it; a bar shows how far it is. */
export async function drawFile(
  { stderr, signal }: CliContext,
  target: DrawTarget,
  source: { readonly video: VideoInfo; readonly tools: FfmpegTools; readonly startSeconds: number },
  drawing: Drawing,
  quiet: boolean,
): Promise<void> {
  const { video, tools } = source;
  if (target.kind === 'picture') {
    // The first frame that was looked at: `--frames 1 --start 5` chooses another.
    const atSeconds = drawing.looks[0]?.seconds ?? source.startSeconds;
    const pixels = await readFullPicture(video, atSeconds, tools, signal);
    await placeFile(target.path, target.overwrite, (path) => drawPicture(pixels, drawing, atSeconds, path));
    return;
  }
  const bar = progressBar(stderr, quiet, 'frames');
  let isStarted = false;
  try {
    await placeFile(target.path, target.overwrite, (output) =>
      drawVideo(video, drawing, {
        tools,
        output,
        signal,
        onProgress: (done, total) => {
          if (!isStarted) bar.start(total);
          isStarted = true;
          bar.advance(done);
        },
      }),
    );
  } finally {
    bar.stop();
  }
}
