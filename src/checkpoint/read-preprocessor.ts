import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { checkSchema } from './check-schema.js';
import type { PaliGemmaConfig } from './config.js';
import { MAX_CONFIG_BYTES } from './limits.js';
import { parseJson } from './parse-json.js';
import { parsePreprocessor } from './parse-preprocessor.js';
import type { PreprocessorConfig } from './preprocessor.js';
import { readBoundedFile } from './read-bounded-file.js';

const OWN_FILE = 'preprocessor_config.json';
const COMBINED_FILE = 'processor_config.json';
const COMBINED = z.object({ image_processor: z.looseObject({}) });

/** Where a checkpoint may say how pictures are prepared; the first that is there counts. */
export const PREPROCESSOR_FILES: readonly string[] = [OWN_FILE, COMBINED_FILE];

export interface ReadPreprocessor {
  readonly preprocessor: PreprocessorConfig;
  /** The file it was read from, and what is in it. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Reads how pictures are prepared: from preprocessor_config.json, or out of processor_config.json, which transformers
 * 5 writes instead.
 * @returns null when there is neither
 * @throws CheckpointError
 */
export async function readPreprocessor(
  folder: string,
  config: PaliGemmaConfig,
): Promise<ReadPreprocessor | null> {
  for (const name of PREPROCESSOR_FILES) {
    const file = join(folder, name);
    if (!(await isThere(file))) continue;
    const bytes = await readBoundedFile(file, MAX_CONFIG_BYTES);
    const json = parseJson(bytes, file);
    const value = name === COMBINED_FILE ? checkSchema(COMBINED, json, file).image_processor : json;
    return { preprocessor: parsePreprocessor(value, file, config), name, bytes };
  }
  return null;
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
