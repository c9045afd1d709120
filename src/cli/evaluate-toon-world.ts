import { evaluateToon } from '../evaluate/toon/evaluate-toon.js';
import type { ToonAnswer } from '../evaluate/toon/toon-answer.js';
import type { ToonItem } from '../evaluate/toon/toon-item.js';
import type { ToonScore } from '../evaluate/toon/toon-score.js';
import type { GenerationOptions } from '../language/generation.js';
import type { Model } from '../model/model.js';
import { BugError, RequestError } from '../shared/errors.js';
import { loadExamination } from './load-examination.js';
import { toonReading } from './toon-reading.js';
import { toonTypes } from './toon-types.js';

/** Training begins at this seed: what a model is asked must lie below. */
export const FIRST_TRAINING_SEED = 1_000_000;
/** The longest answers are two masks, and captions in pieces a small vocabulary is poor in. */
const OPTIONS: GenerationOptions = { sampling: { kind: 'greedy' }, maxNewTokens: 96, topLogprobs: 0 };

export interface ToonPlan {
  readonly seed: number;
  /** Of each type. */
  readonly items: number;
  /** All when empty, but `segment` of a model without a mask decoder. */
  readonly types: readonly string[];
}

export interface ToonHooks {
  /** Told how many items there are, before the first is asked. */
  readonly onStart?: (items: number) => void;
  readonly onAnswer?: (item: ToonItem, prediction: string) => void;
  readonly onWarning?: (warning: string) => void;
}

/**
 * Asks a model about held-out scenes of the toon world and scores what it says.
 * @throws RequestError `bad_toon_plan` for a seed training has seen, or a type of task there is none of;
 * `no_mask_decoder` when `segment` is named for a model without one
 */
export async function evaluateToonWorld(
  model: Model,
  { seed, items, types: named }: ToonPlan,
  signal: AbortSignal,
  { onStart, onAnswer, onWarning = () => undefined }: ToonHooks = {},
): Promise<ToonScore[]> {
  const { examination, EXAMINATION_TYPES } = await loadExamination();
  const types = toonTypes(named, EXAMINATION_TYPES, model.info, onWarning);
  // A type skips seeds that have nothing of it, so room is left below the first seed of training.
  if (seed < 0 || 2 * (seed + 20 * items) >= FIRST_TRAINING_SEED)
    throw new RequestError(
      'bad_toon_plan',
      `training may have seen scenes from seed ${seed} on: take one that is so small that 2 x (seed + 20 x items) is below ${FIRST_TRAINING_SEED}`,
    );
  onStart?.(types.length * items);
  const plan = { seed, items, size: model.info.imageSize, types };
  return evaluateToon(examination(plan), {
    answer: (item) => answer(model, item, signal),
    reading: toonReading(model, signal),
    signal,
    ...(onAnswer === undefined ? {} : { onAnswer }),
  });
}

async function answer(model: Model, { frames, prompt }: ToonItem, signal: AbortSignal): Promise<ToonAnswer> {
  for await (const event of model.generate({ frames, prompt, options: OPTIONS }, signal))
    if (event.kind === 'done') return event.generation;
  throw new BugError('no_answer', 'the model ended without an answer');
}
