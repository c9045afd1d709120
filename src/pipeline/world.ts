import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CheckpointError, messageOf } from '../shared/errors.js';

/** A file of some hundred bytes; more is not what it should be. */
const MAX_BYTES = 64 * 1024;

const schema = z.object({
  /** What is said, once, when a video is plainly not of the model's world. */
  note: z
    .string()
    .min(1)
    .max(500)
    .regex(/^\P{Cc}*$/u),
  /** Pictures are told apart by how sure the model is of its answer to this. */
  prompt: z.string().min(1).max(200),
  maxNewTokens: z.int().min(1).max(256),
  /** Below which mean log-probability of an answer's tokens a clip of at least so many frames is foreign. */
  thresholds: z
    .array(z.object({ frames: z.int().min(1), meanLogprob: z.number().max(0) }))
    .min(1)
    .max(16),
});

/** How to tell whether pictures belong to the small world a model was trained on. */
export type World = z.infer<typeof schema>;

/**
 * Reads `world.json` of a model folder; null for a model that does not have one, as those of the real world.
 * @throws CheckpointError `checkpoint_world`
 */
export async function readWorld(directory: string): Promise<World | null> {
  const file = join(directory, 'world.json');
  let text: string;
  try {
    const bytes = await readFile(file);
    if (bytes.length > MAX_BYTES) throw new RangeError(`it has ${bytes.length} bytes`);
    text = bytes.toString('utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw damaged(file, error);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw damaged(file, error);
  }
}

function damaged(file: string, error: unknown): CheckpointError {
  return new CheckpointError(
    'checkpoint_world',
    `${JSON.stringify(file)} cannot be read (${messageOf(error).replace(/\s+/g, ' ').slice(0, 200)}): fetch it again, or remove it`,
    { cause: error },
  );
}
