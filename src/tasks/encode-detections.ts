import { RequestError } from '../shared/errors.js';
import { checkMaskCodes } from './check-mask-codes.js';
import type { Detection } from './detection.js';
import { encodeBox } from './encode-box.js';

/**
 * The text a model should answer with when these are the things in the picture: the inverse of `parseDetections`
 * (convention 1023) but for the rounding of the boxes.
 *
 * @throws RequestError `bad_detection` for a label that would read as something else, or codes that are no mask
 */
export function encodeDetections(found: readonly Detection[]): string {
  return found.map(encode).join(' ; ');
}

function encode({ label, box, codes }: Detection): string {
  if (/[;<>]|^\s|\s$/.test(label)) {
    throw new RequestError(
      'bad_detection',
      `the label ${JSON.stringify(label)} cannot be written: leave out ";", "<", ">" and spaces around it`,
    );
  }
  const tokens = encodeBox(box) + (codes === null ? '' : encodeCodes(codes));
  return label === '' ? tokens : `${tokens} ${label}`;
}

function encodeCodes(codes: readonly number[]): string {
  checkMaskCodes(codes);
  return codes.map((code) => `<seg${String(code).padStart(3, '0')}>`).join('');
}
