import { throwIfCancelled } from '../../shared/errors.js';
import type { AnsweredItem } from './answered-item.js';
import { maskRecall } from './mask-recall.js';
import { scoreType } from './score-type.js';
import type { ToonItem } from './toon-item.js';
import type { ToonReading } from './toon-reading.js';
import type { ToonScore } from './toon-score.js';

export interface ToonEvaluation {
  /** Asks the model; the text as it comes, without the closing eos. */
  readonly answer: (item: ToonItem) => Promise<string>;
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
  { answer, reading, onAnswer, signal }: ToonEvaluation,
): Promise<ToonScore[]> {
  const types = new Map<string, AnsweredItem[]>();
  for await (const item of items) {
    throwIfCancelled(signal);
    const prediction = await answer(item);
    const answered = await read(item, prediction, reading);
    const group = types.get(item.type);
    if (group === undefined) types.set(item.type, [answered]);
    else group.push(answered);
    onAnswer?.(item, prediction);
  }
  return [...types].flatMap(([type, answered]) => scoreType(type, answered));
}

async function read(item: ToonItem, prediction: string, reading: ToonReading): Promise<AnsweredItem> {
  const { id, type, prompt, references, truth, language = 'en' } = item;
  const rest = { id, type, prompt, references, language }; // without the frames, which are large
  if (truth.kind === 'boxes') return { ...rest, truth, prediction, boxes: reading.boxes(prediction) };
  if (truth.kind !== 'masks') return { ...rest, truth, prediction };
  const [first] = truth.masks;
  const found = first === undefined ? [] : await reading.masks(prediction, first.mask);
  const overlap = truth.masks.length === 0 ? 1 : maskRecall(found, truth.masks);
  return { ...rest, truth: { kind: 'masks', masks: [] }, prediction, overlap };
}
