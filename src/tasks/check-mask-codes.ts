import { RequestError } from '../shared/errors.js';

/**
 * Whether these are the codes of one mask.
 * @throws RequestError `bad_detection`
 */
export function checkMaskCodes(codes: readonly number[]): void {
  if (codes.length === 16 && codes.every((code) => Number.isInteger(code) && code >= 0 && code <= 127))
    return;
  throw new RequestError(
    'bad_detection',
    `[${codes.slice(0, 20).join(', ')}] is no mask: give 16 whole numbers from 0 to 127`,
  );
}
