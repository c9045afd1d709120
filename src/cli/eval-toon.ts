import type { ToonScore } from '../evaluate/toon/toon-score.js';
import { bootstrapInterval } from '../evaluate/run/bootstrap-interval.js';
import type { CliContext } from './context.js';
import type { EvalOptions } from './eval-options.js';
import { round } from './eval-round.js';
import { columns } from './eval-table.js';
import { evaluateToonWorld } from './evaluate-toon-world.js';
import { progressBar } from './progress-bar.js';
import { warner } from './warner.js';
import { withModel } from './with-model.js';

/** Held-out scenes that neither tests nor samples use. */
const SEED = 100_000;
/** Of each type of task. */
const ITEMS = 500;

/**
 * Measures a model on the toon world, the bundled model's own: `palistream eval toon`.
 * @throws what `evaluateToonWorld` throws
 */
export async function evalToon(context: CliContext, options: EvalOptions): Promise<void> {
  const { seed = SEED, limit = ITEMS, tasks = [] } = options;
  await withModel(context, options, async (model) => {
    await model.opened();
    const bar = progressBar(context.stderr, options.quiet === true, 'answers');
    let asked = 0;
    let scores: ToonScore[];
    try {
      const plan = { seed, items: limit, types: tasks };
      scores = await evaluateToonWorld(model, plan, context.signal, {
        onStart: (items) => {
          bar.start(items);
        },
        onAnswer: () => {
          bar.advance(++asked);
        },
        onWarning: warner(context, options),
      });
    } finally {
      bar.stop();
    }
    const { name, precision } = model.info;
    if (options.json === true) {
      const lines = scores.map((score) => ({ ...shown(score), items: score.items }));
      context.stdout.write(
        `${JSON.stringify({ benchmark: 'toon', model: name, precision, seed, scores: lines })}\n`,
      );
      return;
    }
    const rows = scores.map((score) => {
      const { type, metric, score: value, low, high } = shown(score);
      const interval = low === null || high === null ? '' : `${low.toFixed(1)} to ${high.toFixed(1)}`;
      return [type, metric, value.toFixed(1), interval, String(score.items)];
    });
    const head = ['task', 'metric', 'score', '95 % interval', 'items'];
    context.stdout.write(`toon world, ${name}, ${precision}, scenes from seed ${seed}\n`);
    context.stdout.write(`${columns([head, ...rows]).join('\n')}\n`);
  });
}

function shown({ type, metric, score, values }: ToonScore): {
  type: string;
  metric: string;
  score: number;
  low: number | null;
  high: number | null;
} {
  const interval = values.length === 0 ? null : bootstrapInterval([values]);
  const percent = (share: number): number => round(100 * share);
  return {
    type,
    metric,
    score: round(score),
    low: interval === null ? null : percent(interval.low),
    high: interval === null ? null : percent(interval.high),
  };
}
