import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EnvironmentError, messageOf } from '../shared/errors.js';
import { samplesDirectory } from './bundled-model.js';

const schema = z
  .array(
    z.object({
      file: z.string(),
      title: z.string(),
      questions: z.array(z.object({ question: z.string(), answer: z.string() })).min(1),
    }),
  )
  .min(1);

/** A sample video that comes with the package; the answers are for tests and the README, never for a demo. */
export type Sample = z.infer<typeof schema>[number];

/** @throws EnvironmentError when the package is incomplete */
export async function readSamples(directory = samplesDirectory()): Promise<Sample[]> {
  const file = join(directory, 'samples.json');
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new EnvironmentError(
      'samples_missing',
      `the samples cannot be read from ${file} (${messageOf(error)}): install the package again`,
      { cause: error },
    );
  }
}
