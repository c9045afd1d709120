import type { PreprocessorConfig } from '../checkpoint/preprocessor.js';
import { openClips } from '../clip/open-clips.js';
import type { Benchmark } from '../evaluate/benchmarks/benchmark.js';
import type { BenchmarkItem } from '../evaluate/readers/benchmark-item.js';
import type { DataFolder } from '../evaluate/readers/data-folder.js';
import { RequestError } from '../shared/errors.js';
import type { Pixels } from '../shared/tensor.js';
import type { FfmpegTools } from '../source/ffmpeg-program.js';
import { openLocalFile } from '../source/local-file.js';
import { readPicture } from '../source/picture.js';
import type { SourceWarning } from '../source/video-info.js';
import { drawBox } from './eval-draw-box.js';

export interface MediaReading {
  readonly folder: DataFolder;
  readonly preprocessor: Pick<PreprocessorConfig, 'size' | 'resample'>;
  /** Needed for videos. */
  readonly tools: FfmpegTools | null;
  readonly frames: Benchmark['frames'];
  readonly signal: AbortSignal;
  readonly onWarning: (warning: SourceWarning) => void;
}

/**
 * The pictures of an item as the model sees them: its own, or the frames of its video at the benchmark's stride, short
 * ones begun anew.
 * @throws RequestError when one is missing or cannot be read
 */
export async function evalMedia(item: BenchmarkItem, reading: MediaReading): Promise<Pixels[]> {
  const { folder, preprocessor, tools, frames } = reading;
  const [first = ''] = item.media;
  if (frames !== null && tools !== null)
    return videoFrames(folder.locate(first), item, tools, frames, reading);
  const pictures: Pixels[] = [];
  for (const path of item.media) {
    pictures.push(await readPicture(folder.locate(path), preprocessor.size, preprocessor.resample));
  }
  return item.drawn === undefined ? pictures : pictures.map((picture) => drawBox(picture, item.drawn));
}

async function videoFrames(
  path: string,
  { range }: BenchmarkItem,
  tools: FfmpegTools,
  { count, stride }: NonNullable<Benchmark['frames']>,
  { preprocessor, signal, onWarning }: MediaReading,
): Promise<Pixels[]> {
  await openLocalFile(path);
  const clips = openClips(path, {
    tools,
    size: preprocessor.size,
    plan: { kind: 'stride', frames: count, stride },
    range: range === undefined ? undefined : { startSeconds: range.start, endSeconds: range.end },
    signal,
    onWarning,
  });
  for await (const clip of clips) return clip.frames.map(({ pixels }) => pixels);
  throw new RequestError(
    'video_unreadable',
    `no frame of ${JSON.stringify(path)} can be decoded: fetch it again`,
  );
}
