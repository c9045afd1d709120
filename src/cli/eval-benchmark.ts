import { resolve } from 'node:path';
import { nameOfFolder } from '../checkpoint/name-of-folder.js';
import { openCheckpoint } from '../checkpoint/open-checkpoint.js';
import type { Benchmark } from '../evaluate/benchmarks/benchmark.js';
import type { BenchmarkItem } from '../evaluate/readers/benchmark-item.js';
import { PredictionFile } from '../evaluate/run/prediction-file.js';
import { runBenchmark } from '../evaluate/run/run-benchmark.js';
import { scoreBenchmark } from '../evaluate/run/score-benchmark.js';
import type { CliContext } from './context.js';
import { evalAnswer } from './eval-answer.js';
import type { EvalOptions } from './eval-options.js';
import { evalJson, evalTable } from './eval-table.js';
import { engineSettings } from './model-options.js';
import { progressBar } from './progress-bar.js';
import { warner } from './warner.js';
import { withModel } from './with-model.js';

/** Answers what has no prediction yet, then scores all of it. */
export async function evalBenchmark(
  context: CliContext,
  benchmark: Benchmark,
  data: string,
  items: () => AsyncIterable<BenchmarkItem>,
  options: EvalOptions,
): Promise<void> {
  const { directory, adapter } = engineSettings(context, options);
  const { preprocessor, fingerprint } = await openCheckpoint(directory, adapter);
  const model = [resolve(directory), ...(adapter === undefined ? [] : [resolve(adapter)])]
    .map(nameOfFolder)
    .join('+');
  let total = 0;
  for await (const { id } of items()) total += id === '' ? 0 : 1; // tells of bad annotations before the model opens
  const bar = progressBar(context.stderr, options.quiet === true);
  const { file, precision } = await withModel(context, options, async (opened) => {
    await opened.opened();
    const chosen = opened.info.precision;
    const header = {
      benchmark: benchmark.name,
      split: benchmark.split,
      model,
      precision: chosen,
      weights: fingerprint,
    };
    const predictions = await PredictionFile.open(
      options.output ?? `${benchmark.name}.${model.replaceAll('/', '--')}.${chosen}.jsonl`,
      header,
    );
    bar.start(total);
    try {
      await runBenchmark({
        benchmark,
        items,
        file: predictions,
        signal: context.signal,
        answer: await evalAnswer(context, opened, benchmark, data, preprocessor, warner(context, options)),
        onProgress: (done) => {
          bar.advance(done);
        },
      });
    } finally {
      bar.stop();
    }
    return { file: predictions, precision: chosen };
  });
  await file.refresh();
  const score = await scoreBenchmark(benchmark, items(), file.predictions);
  const asked = { benchmark, model, precision, imageSize: preprocessor.size, predictions: file.path };
  context.stdout.write(options.json === true ? evalJson(asked, score) : evalTable(asked, score));
}
