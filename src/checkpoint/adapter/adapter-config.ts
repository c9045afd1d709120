import { z } from 'zod';
import { CheckpointError } from '../../shared/errors.js';
import { checkSchema } from '../check-schema.js';

/** What of an adapter_config.json decides how much is added to a weight. */
export interface AdapterConfig {
  readonly alpha: number;
  /** Divide alpha by the root of the rank instead of the rank. */
  readonly isRankStabilized: boolean;
  /** Module name, or the end of one -> alpha, where it is another. */
  readonly alphaPattern: ReadonlyMap<string, number>;
}

/** Ways to begin that leave the base model as it is; the others (PiSSA, OLoRA, LoftQ ...) change it beforehand. */
const HARMLESS_BEGINNINGS = z.union([z.boolean(), z.enum(['gaussian', 'eva', 'orthogonal'])], {
  error:
    'the adapter was begun by a method that changes the weights of the model; merge it where it was trained',
});

const schema = z.looseObject({
  peft_type: z.literal('LORA', { error: 'only LoRA adapters can be used' }),
  r: z.int().min(1).nullish(),
  lora_alpha: z.number().min(0).default(8),
  use_rslora: z.boolean().nullish(),
  init_lora_weights: HARMLESS_BEGINNINGS.nullish(),
  alpha_pattern: z.record(z.string().max(512), z.number()).nullish(),
});

/** What changes the arithmetic; an empty value of it does not. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  lora_bias: 'biases of the factors (lora_bias)',
  layer_replication: 'layers that are used several times (layer_replication)',
  target_parameters: 'parameters outside of layers (target_parameters)',
  trainable_token_indices: 'tokens trained by themselves (trainable_token_indices)',
  alora_invocation_tokens: 'activated LoRA (alora_invocation_tokens)',
  arrow_config: 'routed adapters (arrow_config)',
};

/**
 * Reads an adapter_config.json of PEFT. Which layers are adapted and with which rank is told by the tensors, so
 * target_modules, r and rank_pattern are not needed; fan_in_fan_out has no meaning for the linear layers of
 * PaliGemma, and PEFT itself sets it aside.
 *
 * @throws CheckpointError `checkpoint_config`, `adapter_unsupported`
 */
export function parseAdapterConfig(value: unknown, file: string): AdapterConfig {
  const raw = checkSchema(schema, value, file);
  for (const [key, given] of Object.entries(raw)) {
    const isUnknownUse = key.startsWith('use_') && key !== 'use_rslora';
    const what = UNSUPPORTED[key] ?? (isUnknownUse ? nameOf(key) : null);
    if (what !== null && !isEmpty(given)) throw unsupported(file, what);
  }
  const alphas = Object.entries(raw.alpha_pattern ?? {});
  const odd = alphas.find(([name]) => !/^[\w.]+$/.test(name));
  if (odd !== undefined) throw unsupported(file, `the regular expression ${JSON.stringify(odd[0])}`);
  return {
    alpha: raw.lora_alpha,
    isRankStabilized: raw.use_rslora === true,
    alphaPattern: new Map(alphas),
  };
}

function nameOf(key: string): string {
  return key === 'use_dora' ? 'DoRA (use_dora)' : key;
}

function isEmpty(given: unknown): boolean {
  if (given === null || given === undefined || given === false) return true;
  return typeof given === 'object' && Object.keys(given).length === 0;
}

function unsupported(file: string, what: string): CheckpointError {
  return new CheckpointError(
    'adapter_unsupported',
    `${file} asks for ${what}, which cannot be merged here; merge the adapter where it was trained and use the whole checkpoint`,
  );
}
