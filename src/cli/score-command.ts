import { Command, InvalidArgumentError, Option } from 'commander';
import type { CliContext } from './context.js';
import { SCORE_METRICS, type ScoreMetric } from '../evaluate/score/score-metrics.js';
import { scoreLines } from '../evaluate/score/score-lines.js';
import { readLines } from './score-file.js';

interface ScoreOptions {
  readonly metric: readonly ScoreMetric[];
}

const HELP = `
Examples:
  $ palistream score --metric cider,bleu4 captions.jsonl
  $ palistream score --metric vqav2 answers.jsonl

A line is {"id":1,"prediction":"a cat","references":["a cat","the cat"]}; lines of one id are one item. Scores are
shares of one: the model card prints them times 100. docs/evaluate/metrics.md says what each metric is.`;

export function scoreCommand(context: CliContext): Command {
  return new Command('score')
    .description('score predictions against references, as the model card does')
    .argument('<file>', 'a JSON Lines file of predictions; - for standard input')
    .addOption(
      new Option('--metric <names>', `metrics, with commas between: ${SCORE_METRICS.join(', ')}`)
        .argParser(metricNames)
        .makeOptionMandatory(),
    )
    .option('--json', 'print JSON, which is always done')
    .addHelpText('after', HELP)
    .action(async (file: string, { metric }: ScoreOptions) => {
      const scores = await scoreLines(readLines(file), metric, context.signal);
      context.stdout.write(`${JSON.stringify(scores)}\n`);
    });
}

function metricNames(text: string): ScoreMetric[] {
  return text.split(',').map((part) => {
    const name = part.trim();
    const metric = SCORE_METRICS.find((known) => known === name);
    if (metric === undefined) throw new InvalidArgumentError(`Known are ${SCORE_METRICS.join(', ')}.`);
    return metric;
  });
}
