import { Command, Option } from 'commander';
import { FULL_SHAPE } from './bench/model-shape.js';
import type { BenchOptions } from './bench/options.js';
import type { CliContext } from './context.js';
import { wholeNumber } from './parse-number.js';

const HELP = `
Examples:
  $ palistream bench
  $ palistream bench --model ./paligemma-3b-mix-224 --precisions int8 int4
  $ palistream bench --random                        # PaliGemma 3B's shape, random weights: 6 GB, and more converted
  $ palistream bench --random --vision-layers 2 --text-layers 2 --vocab-size 16384 --prefixes 256

Times are the fastest of the runs. Absolute times depend on what else the machine does: compare within one run. A
first start converts the weights when they are not in the cache folder yet (PALISTREAM_CACHE_DIR).`;

const PRECISIONS = ['f32', 'int8', 'int4'] as const;
const LONGEST_PREFIX = 1_000_000;

/** Measures what a model takes on this machine. */
export function benchCommand(context: CliContext): Command {
  const whole = (flags: string, description: string, low: number, high: number) =>
    new Option(flags, description).argParser(wholeNumber(low, high));
  return new Command('bench')
    .description('measure how fast a model is on this machine')
    .option('--model <dir>', 'folder of a PaliGemma checkpoint (default: the bundled nano model)')
    .option('--random', "measure PaliGemma 3B's shape at 224 pixels with random weights instead")
    .addOption(whole('--vision-layers <n>', 'of the random model', 1, 27).default(FULL_SHAPE.visionLayers))
    .addOption(whole('--text-layers <n>', 'of the random model', 1, 18).default(FULL_SHAPE.textLayers))
    .addOption(whole('--vocab-size <n>', 'of the random model', 128, 257_216).default(FULL_SHAPE.vocabSize))
    .addOption(
      new Option('--precisions <name...>', 'the first is what the others are compared with')
        .choices(PRECISIONS)
        .default(PRECISIONS),
    )
    .addOption(
      new Option('--prefixes <n...>', 'rows of the prefixes, image tokens and prompt together')
        .argParser((text: string, before: number[] | undefined) => [
          ...(before === DEFAULT_PREFIXES ? [] : (before ?? [])),
          wholeNumber(16, LONGEST_PREFIX)(text),
        ])
        .default(DEFAULT_PREFIXES),
    )
    .addOption(whole('--runs <n>', 'of which the fastest counts', 1, 100).default(3))
    .addOption(whole('--threads <n>', 'threads of the model (default: all processors)', 1, 1024))
    .option('--json', 'print JSON, one object a model')
    .option('--quiet', 'no progress and no warnings')
    .addHelpText('after', HELP)
    .action(async (options: BenchOptions) => {
      const { runBench } = await import('./bench/run-bench.js');
      await runBench(context, options);
    });
}

const DEFAULT_PREFIXES: number[] = [256, 1024, 4096];
