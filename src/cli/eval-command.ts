import { Command, Option } from 'commander';
import type { CliContext } from './context.js';
import type { EvalOptions } from './eval-options.js';
import { addModelOptions } from './model-options.js';
import { wholeNumber } from './parse-number.js';

const HELP = `
Examples:
  $ palistream eval --list
  $ palistream eval vqav2 --manual
  $ palistream eval toon --limit 100 --tasks caption-en detect
  $ palistream eval vqav2 --data ./vqav2 --model ./paligemma-3b-ft-vqav2-224
  $ palistream eval vqav2 --data ./vqav2 --compare f32.jsonl int8.jsonl

An evaluation that was stopped goes on when it is started again; several may work on one --output at once. Items
whose pictures or videos are missing are counted, named, and tried again the next time. docs/evaluate has a page for
each benchmark.`;

export function evalCommand(context: CliContext): Command {
  const command = new Command('eval')
    .description('measure a model on a benchmark of the model card, or on the toon world (toon)')
    .argument('[benchmark]', 'which benchmark')
    .option('--data <dir>', 'folder with the dataset as published')
    .option('--output <file>', 'predictions, JSON lines (default: BENCHMARK.MODEL.PRECISION.jsonl)')
    .addOption(new Option('--limit <n>', 'the first n items only').argParser(wholeNumber(1, 100_000_000)))
    .addOption(
      new Option('--seed <n>', 'toon world: the first scene (default: 100000)').argParser(
        wholeNumber(0, 1_000_000),
      ),
    )
    .option('--tasks <types...>', 'toon world: only these types of task (default: all)')
    .option('--compare <files...>', 'hold two files of predictions against each other')
    .option('--list', 'list the benchmarks')
    .option('--manual', 'print the page of the benchmark');
  return addModelOptions(command)
    .addHelpText('after', HELP)
    .action(async (benchmark: string | undefined, options: EvalOptions) => {
      const { runEval } = await import('./eval-run.js');
      await runEval(context, benchmark, options);
    });
}
