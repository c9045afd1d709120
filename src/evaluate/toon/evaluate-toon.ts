import { throwIfCancelled } from '../../shared/errors.js';
import type { AnsweredItem } from './answered-item.js';
import { maskRecall } from './mask-recall.js';
import { scoreType } from './score-type.js';
import type { ToonAnswer } from './toon-answer.js';
import type { ToonItem } from './toon-item.js';
import type { ToonReading } from './toon-reading.js';
import type { ToonScore } from './toon-score.js';

export interface ToonEvaluation {
  /** Asks the model. */
  readonly answer: (item: ToonItem) => Promise<ToonAnswer>;
  readonly reading: ToonReading;
  /** Told of each answer once it has been read. */
  readonly onAnswer?: (item: ToonItem, prediction: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Asks a model all tasks and scores the answers by type, types in the order they first came. One item is held at a
 * time; of each only the texts are kept.
 * @throws BugError `mixed_toon_type`; CancelledError; what `answer` throws
 */
export async function evaluateToon(
  items: AsyncIterable<ToonItem>,
  { answer: ask, reading, onAnswer, signal }: ToonEvaluation,
): Promise<ToonScore[]> {
  const types = new Map<string, AnsweredItem[]>();
  for await (const item of items) {
    throwIfCancelled(signal);
    const answer = await ask(item);
    const answered = await read(item, answer, reading);
    const group = types.get(item.type);
    if (group === undefined) types.set(item.type, [answered]);
    else group.push(answered);
    onAnswer?.(item, answer.text);
  }
  return [...types].flatMap(([type, answered]) => scoreType(type, answered));
}

async function read(item: ToonItem, answer: ToonAnswer, reading: ToonReading): Promise<AnsweredItem> {
  const { id, type, prompt, references, truth, language = 'en' } = item;
  const prediction = answer.text;
  const rest = { id, type, prompt, references, language }; // without the frames, which are large
  if (truth.kind === 'boxes') return { ...rest, truth, prediction, boxes: reading.boxes(answer) };
  if (truth.kind !== 'masks') return { ...rest, truth, prediction };
  const [first] = truth.masks;
  const found = first === undefined ? [] : await reading.masks(prediction, first.mask);
  const overlap = truth.masks.length === 0 ? 1 : maskRecall(found, truth.masks);
  return { ...rest, truth: { kind: 'masks', masks: [] }, prediction, overlap };
}
