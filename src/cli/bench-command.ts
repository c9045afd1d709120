import { Command, Option } from 'commander';
import { FULL_SHAPE } from './bench/model-shape.js';
import { MEASURES, type BenchOptions } from './bench/options.js';
import { PEER_NAMES } from './bench/peer-names.js';
import { CLOCKS } from './bench/measure.js';
import type { CliContext } from './context.js';
import { wholeNumber } from './parse-number.js';

const HELP = `
Examples:
  $ palistream bench
  $ palistream bench --model ./paligemma-3b-mix-224 --precisions int8 int4
  $ palistream bench --random                        # also PaliGemma 3B's shape, random weights: 40 GB of disk
  $ palistream bench --random --vision-layers 2 --text-layers 2 --vocab-size 16384 --prefixes 256
  $ palistream bench --random --precisions int4 --peers llama.cpp-q4_0 --measure prefix

Peers are measured when their packages are installed beside this one:
  $ npm install --no-save --ignore-scripts @huggingface/transformers@4 node-llama-cpp@3

Engines take turns, each in a process of its own; the median of the runs counts. Absolute times depend on what else
the machine does: compare within one run. A first start converts the weights when they are not in the cache folder
yet (PALISTREAM_CACHE_DIR).`;

const PRECISIONS = ['f32', 'int8', 'int4'] as const;
const LONGEST_PREFIX = 1_000_000;

/** Measures what a model takes on this machine. */
export function benchCommand(context: CliContext): Command {
  const whole = (flags: string, description: string, low: number, high: number) =>
    new Option(flags, description).argParser(wholeNumber(low, high));
  return new Command('bench')
    .description('measure how fast a model is on this machine')
    .option(
      '--model <name>',
      'folder of a PaliGemma checkpoint, or one pulled (default: the bundled nano model)',
    )
    .option('--random', "measure PaliGemma 3B's shape at 224 pixels with random weights, too")
    .addOption(whole('--vision-layers <n>', 'of the random model', 1, 27).default(FULL_SHAPE.visionLayers))
    .addOption(whole('--text-layers <n>', 'of the random model', 1, 18).default(FULL_SHAPE.textLayers))
    .addOption(whole('--vocab-size <n>', 'of the random model', 128, 257_216).default(FULL_SHAPE.vocabSize))
    .addOption(
      new Option('--precisions <name...>', 'the first is what the others are compared with')
        .choices(PRECISIONS)
        .default(PRECISIONS),
    )
    .addOption(
      new Option('--peers <name...>', 'other engines to measure beside it')
        .choices(PEER_NAMES)
        .default(PEER_NAMES),
    )
    .option('--no-peers', 'measure this one alone')
    .addOption(new Option('--measure <what...>', 'what to measure').choices(MEASURES).default(MEASURES))
    .addOption(
      numbers('--prefixes <n...>', 'rows of the prefixes, image tokens and prompt together', 16, PREFIXES),
    )
    .addOption(numbers('--frames <n...>', 'frames of the captions', 1, FRAMES))
    .addOption(whole('--words <n>', 'tokens of a caption', 1, 1000).default(16))
    .addOption(whole('--runs <n>', 'of which the median counts', 1, 100).default(3))
    .addOption(
      new Option('--clock <name>', "whose time is told: the processor's hardly depends on other work")
        .choices(CLOCKS)
        .default('wall'),
    )
    .addOption(whole('--threads <n>', 'threads of the model (default: all processors)', 1, 1024))
    .option('--json', 'print JSON, one object a model')
    .option('--quiet', 'no progress and no warnings')
    .addHelpText('after', HELP)
    .action(async (options: BenchOptions) => {
      const { runBench } = await import('./bench/run-bench.js');
      await runBench(context, options);
    });
}

const PREFIXES: number[] = [256, 1024, 4096];
const FRAMES: number[] = [1, 8, 16];

/** An option with several numbers; the first one given replaces the default. */
function numbers(flags: string, description: string, low: number, defaults: number[]): Option {
  return new Option(flags, description)
    .argParser((text: string, before: number[] | undefined) => [
      ...(before === defaults ? [] : (before ?? [])),
      wholeNumber(low, LONGEST_PREFIX)(text),
    ])
    .default(defaults);
}
