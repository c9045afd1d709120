import type { Generation } from '../language/generation.js';
import type { Model, ModelEvent, ModelRequest } from '../model/model.js';
import type { World } from './world.js';

/** Clips that are looked at before a video is taken for one of the model's world. */
const CLIPS = 3;

/**
 * A model that also tells, once, when the first pictures it is asked about are plainly not of its world.
 *
 * The signal is how sure the model is of a caption: the mean log-probability of its tokens, under a threshold that
 * was measured. Asked anything else, the model writes a caption beside, whose image tokens are in its cache; the
 * verdict is told before the answer's end.
 */
export function watchWorld(model: Model, world: World, onForeign: () => void): Model {
  let clips = 0;
  return {
    get info() {
      return model.info;
    },
    decodeMasks: (codes, signal) => model.decodeMasks(codes, signal),
    close: () => model.close(),
    async *generate(request: ModelRequest, signal?: AbortSignal): AsyncGenerator<ModelEvent> {
      for await (const event of model.generate(request, signal)) {
        if (event.kind === 'done' && clips < CLIPS) {
          clips++;
          const caption = isProbe(request, world)
            ? event.generation
            : await probe(model, request, world, signal);
          if (caption !== null && isForeign(caption, request.frames.length, world)) {
            clips = CLIPS;
            onForeign();
          }
        }
        yield event;
      }
    },
  };
}

/** The mean log-probability of all that was chosen, the end included. */
export function meanLogprob({ steps }: Pick<Generation, 'steps'>): number {
  return steps.reduce((sum, { logprob }) => sum + logprob, 0) / Math.max(1, steps.length);
}

function isForeign(caption: Generation, frames: number, { thresholds }: World): boolean {
  const sorted = [...thresholds].sort((a, b) => a.frames - b.frames);
  const threshold = sorted.findLast((one) => one.frames <= frames) ?? sorted[0];
  return threshold !== undefined && meanLogprob(caption) < threshold.meanLogprob;
}

function isProbe({ prompt, options }: ModelRequest, world: World): boolean {
  return (
    prompt === world.prompt &&
    options.sampling.kind === 'greedy' &&
    options.maxNewTokens >= world.maxNewTokens
  );
}

async function probe(
  model: Model,
  { frames }: ModelRequest,
  { prompt, maxNewTokens }: World,
  signal: AbortSignal | undefined,
): Promise<Generation | null> {
  const options = { sampling: { kind: 'greedy' }, maxNewTokens, topLogprobs: 0 } as const;
  for await (const event of model.generate({ frames, prompt, options }, signal)) {
    if (event.kind === 'done') return event.generation;
  }
  return null;
}
