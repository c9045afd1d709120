import { RequestError } from '../../shared/errors.js';
import type { ChatBody } from './chat-body.js';

/** Values that ask for nothing, of fields that would change the answer; null and an absent field do too. */
const HARMLESS: { readonly [Field in keyof ChatBody]?: (value: unknown) => boolean } = {
  frequency_penalty: isZero,
  presence_penalty: isZero,
  logit_bias: isEmpty,
  response_format: (value) =>
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'text',
  tools: isEmpty,
  tool_choice: (value) => value === 'none' || value === 'auto',
  functions: isEmpty,
  function_call: (value) => value === 'none' || value === 'auto',
  modalities: (value) => Array.isArray(value) && value.length === 1 && value[0] === 'text',
  audio: () => false,
  prediction: () => false,
  web_search_options: () => false,
};

/**
 * PaliGemma writes text about pictures and nothing else: what asks for more is told so rather than passed over.
 * @throws RequestError `chat_field_unsupported`
 */
export function expectSupported(body: ChatBody): void {
  const given: Readonly<Record<string, unknown>> = body;
  for (const [field, isHarmless] of Object.entries(HARMLESS)) {
    const value = given[field];
    if (value === undefined || value === null || isHarmless(value)) continue;
    throw new RequestError(
      'chat_field_unsupported',
      `${field} asks for what this model cannot do (it writes text about pictures): leave it out`,
    );
  }
}

function isZero(value: unknown): boolean {
  return value === 0;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
