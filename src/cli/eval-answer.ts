import type { PreprocessorConfig } from '../checkpoint/preprocessor.js';
import type { Benchmark } from '../evaluate/benchmarks/benchmark.js';
import type { BenchmarkItem } from '../evaluate/readers/benchmark-item.js';
import { DataFolder } from '../evaluate/readers/data-folder.js';
import type { BenchmarkAnswer } from '../evaluate/run/run-benchmark.js';
import { UnreadableMedia } from '../evaluate/run/unreadable-media.js';
import type { Sampling } from '../language/generation.js';
import type { Model } from '../model/model.js';
import { CancelledError, RequestError } from '../shared/errors.js';
import { findFfmpeg } from '../source/find-ffmpeg.js';
import type { SourceWarning } from '../source/video-info.js';
import { answerPictures } from './answer-pictures.js';
import type { CliContext } from './context.js';
import { evalMedia } from './eval-media.js';
import { regionOverlap } from './eval-region.js';

/** How an item of a benchmark is answered: its pictures or frames read, the model asked, a mask held to the true one. */
export async function evalAnswer(
  { config, signal }: CliContext,
  model: Model,
  benchmark: Benchmark,
  data: string,
  preprocessor: PreprocessorConfig,
  onWarning: (warning: SourceWarning) => void,
): Promise<(item: BenchmarkItem, prompt: string) => Promise<BenchmarkAnswer>> {
  const folder = new DataFolder(data);
  const tools = benchmark.frames === null ? null : await findFfmpeg(config.ffmpeg);
  const options = {
    sampling: samplingOf(benchmark.decoding),
    maxNewTokens: benchmark.textLength,
    topLogprobs: 0,
  };
  return async (item, prompt) => {
    const { frames } = benchmark;
    const reading = { folder, preprocessor, tools, frames, signal, onWarning };
    const pictures = await evalMedia(item, reading).catch((error: unknown) => {
      throw error instanceof RequestError && !(error instanceof CancelledError)
        ? new UnreadableMedia(error)
        : error;
    });
    const { text } = await answerPictures(model, { pictures, prompt, options }, signal);
    if (item.region === undefined) return { prediction: text };
    return { prediction: text, overlap: await regionOverlap(model, text, item.region, signal) };
  };
}

function samplingOf(decoding: Benchmark['decoding']): Sampling {
  return decoding === 'greedy' ? { kind: 'greedy' } : { kind: 'beam', beams: decoding.beams };
}
