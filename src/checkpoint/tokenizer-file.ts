import { z } from 'zod';
import { CheckpointError } from '../shared/errors.js';
import { checkSchema } from './check-schema.js';

const string = (content: string): z.ZodType => z.object({ String: z.literal(content) });
const META = '\u2581';

/** One entry of added_tokens: a piece of text that is one id wherever it stands. */
const addedToken = z.object({
  id: z.int().min(0),
  content: z.string().min(1).max(256),
  special: z.boolean().default(false),
});
export type AddedToken = z.output<typeof addedToken>;

/** Gemma's decoder: `▁` back to spaces, bytes back to characters, all joined, nothing stripped. */
const gemmaDecoder = z.object(
  {
    type: z.literal('Sequence'),
    decoders: z.tuple([
      z.object({ type: z.literal('Replace'), pattern: string(META), content: z.literal(' ') }),
      z.object({ type: z.literal('ByteFallback') }),
      z.object({ type: z.literal('Fuse') }),
    ]),
  },
  { error: 'the decoder is not that of Gemma' },
);

const schema = z.object({
  added_tokens: z.array(addedToken).max(1 << 16),
  normalizer: z
    .object({ type: z.literal('Replace'), pattern: string(' '), content: z.literal(META) })
    .nullable(),
  // Patterns given as regular expressions are not Gemma's, and could be made to run for ever.
  pre_tokenizer: z.object({ type: z.literal('Split'), pattern: z.object({ String: z.string() }) }).nullish(),
  decoder: gemmaDecoder,
  model: z.object({
    type: z.literal('BPE', { error: 'only BPE, which Gemma uses, is supported' }),
    byte_fallback: z.literal(true, { error: 'Gemma falls back to bytes' }),
    // Checked below without zod: 256,000 and 580,000 entries.
    vocab: z.custom<Record<string, number>>(isVocabulary, { error: 'it is not a table of ids' }),
    merges: z.custom<unknown[]>(isMerges, { error: 'they are not pairs of pieces' }),
  }),
});

/**
 * Checks what a tokenizer.json must be before it is used.
 * @param vocabSize rows of the model's embedding table: no id may reach it
 * @returns its added tokens
 * @throws CheckpointError `checkpoint_config`, `checkpoint_tokenizer`
 */
export function checkTokenizerFile(value: unknown, file: string, vocabSize: number): AddedToken[] {
  const { added_tokens: added, model } = checkSchema(schema, value, file);
  for (const piece in model.vocab) checkId(piece, model.vocab[piece], vocabSize, file);
  for (const { content, id } of added) checkId(content, id, vocabSize, file);
  return added;
}

function checkId(piece: string, id: number | undefined, vocabSize: number, file: string): void {
  if (id !== undefined && id < vocabSize) return;
  throw new CheckpointError(
    'checkpoint_tokenizer',
    `${file} gives ${JSON.stringify(piece)} the id ${String(id)}, but the model has only ${vocabSize}`,
  );
}

function isVocabulary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((id) => Number.isInteger(id) && id >= 0);
}

function isMerges(value: unknown): boolean {
  const isPair = (merge: unknown): boolean =>
    typeof merge === 'string' ||
    (Array.isArray(merge) && merge.length === 2 && merge.every((piece) => typeof piece === 'string'));
  return Array.isArray(value) && value.every(isPair);
}
