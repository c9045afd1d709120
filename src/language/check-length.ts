import { RequestError } from '../shared/errors.js';

/**
 * Holds a request against the context the model was trained on.
 * @throws RequestError `sequence_too_long`
 */
export function checkLength(
  imageTokens: number,
  promptTokens: number,
  maxNewTokens: number,
  maxPositions: number,
): void {
  const total = imageTokens + promptTokens + maxNewTokens;
  if (total <= maxPositions) return;
  throw new RequestError(
    'sequence_too_long',
    `${imageTokens} image tokens, ${promptTokens} prompt tokens and ${maxNewTokens} new tokens are ${total}, ` +
      `but the model takes ${maxPositions}; use fewer frames, a shorter prompt or fewer new tokens`,
  );
}
