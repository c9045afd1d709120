import type { Checkpoint } from '../../src/checkpoint/checkpoint.js';
import { openTokenizer } from '../../src/checkpoint/open-tokenizer.js';
import type { Precision } from '../../src/graph/precision.js';
import { generateText } from '../../src/language/generate-text.js';
import { logNormalizer } from '../../src/language/log-normalizer.js';
import { openTowers, type Towers } from '../../src/model/engine-towers.js';
import type { SceneRequest } from './scene-requests.js';

const GREEDY = { sampling: { kind: 'greedy' }, maxNewTokens: 48, topLogprobs: 0 } as const;

/** What one precision says to one request. */
export interface Answer {
  readonly text: string;
  /** Of the greedy answer, the closing eos included. */
  readonly ids: readonly number[];
  /** Log-probabilities of all ids before each of the reference's ids, which were forced: `[step][id]`. */
  readonly logprobs: readonly Float32Array[];
}

/**
 * Answers every request greedily, and tells how likely every id is where the reference's answer goes on.
 * @param reference - the answers whose ids are forced; null for the reference itself, which forces its own
 */
export async function answers(
  checkpoint: Checkpoint,
  precision: Precision,
  requests: readonly SceneRequest[],
  reference: readonly Answer[] | null,
  cacheDirectory: string,
  threads: number,
): Promise<Answer[]> {
  const tokenizer = await openTokenizer(checkpoint.directory, checkpoint.config);
  const towers = await openTowers(checkpoint, {
    cacheDirectory,
    threads,
    precision,
    imageTokenCacheBytes: 1 << 26,
    onWarning: (message) => {
      console.error(message);
    },
  });
  const given: Answer[] = [];
  try {
    for (const [i, { frames, prompt }] of requests.entries()) {
      const imageTokens = await towers.vision.encode(frames);
      const promptIds = tokenizer.promptIds(prompt);
      const { eosTokenId } = checkpoint.config;
      const writer = tokenizer.createTextStream();
      const spell = (id: number): string => tokenizer.spell(id);
      const request = { imageTokens, promptIds, options: GREEDY, eosTokenId, writer, spell };
      const steps = generateText(towers.decoder, request);
      let next = await steps.next();
      while (next.done !== true) next = await steps.next();
      const ids = next.value.steps.map(({ id }) => id);
      const forced = reference?.[i]?.ids ?? ids;
      const logprobs = await forcedLogprobs(towers, imageTokens, promptIds, forced);
      given.push({ text: next.value.text, ids, logprobs });
    }
  } finally {
    await towers.vision.dispose();
    await towers.decoder.dispose();
    await towers.weights.dispose();
  }
  return given;
}

async function forcedLogprobs(
  { decoder }: Towers,
  imageTokens: Parameters<Towers['decoder']['prefill']>[0],
  promptIds: readonly number[],
  ids: readonly number[],
): Promise<Float32Array[]> {
  const sequence = await decoder.prefill(imageTokens, promptIds, ids.length);
  const rows: Float32Array[] = [];
  for (const [step, id] of ids.entries()) {
    const normalizer = logNormalizer(sequence.logits);
    rows.push(sequence.logits.map((logit) => logit - normalizer));
    if (step + 1 < ids.length) await sequence.append(id);
  }
  return rows;
}
