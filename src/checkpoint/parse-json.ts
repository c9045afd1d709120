import { CheckpointError } from '../shared/errors.js';
import { MAX_JSON_DEPTH } from './limits.js';
import { scanJson } from './scan-json.js';

/**
 * Parses a small JSON file of a checkpoint; `file` is named in errors.
 * @throws CheckpointError `checkpoint_json`
 */
export function parseJson(bytes: Uint8Array, file: string): unknown {
  const text = decodeUtf8(bytes, file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CheckpointError('checkpoint_json', `${file} is not JSON`, { cause: error });
  }
  const fault = scanJson(text, MAX_JSON_DEPTH);
  if (fault === null) return value;
  const what =
    fault.kind === 'deep'
      ? `nests brackets deeper than ${MAX_JSON_DEPTH}`
      : `gives ${JSON.stringify(fault.key)} twice`;
  throw new CheckpointError('checkpoint_json', `${file} ${what}`);
}

function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new CheckpointError('checkpoint_json', `${file} is not UTF-8 text`, { cause: error });
  }
}
