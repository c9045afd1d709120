import { z } from 'zod';
import { RequestError } from '../shared/errors.js';

/** More frames than any checkpoint has positions for. */
const MAX_FRAMES = 1024;
/** A prompt and a thousand paths fit; a line beyond it is not a request but a damaged file. */
export const MAX_LINE_CHARACTERS = 1_000_000;

const schema = z.object({
  frames: z.array(z.string().min(1)).min(1).max(MAX_FRAMES),
  prompt: z.string(),
  max_new_tokens: z.int().min(1).max(8192).optional(),
  top_logprobs: z.int().min(0).max(100).optional(),
});

/** One line of a batch file. */
export type BatchRequest = z.infer<typeof schema>;

/** @throws RequestError `bad_batch_line` that says what of the line is wrong */
export function parseBatchLine(line: string, number: number): BatchRequest {
  const wrong = (what: string, cause?: unknown): RequestError =>
    new RequestError(
      'bad_batch_line',
      `line ${number} of the batch ${what}: write {"frames":["a.png"],"prompt":"caption en"}`,
      { cause },
    );
  if (line.length > MAX_LINE_CHARACTERS) throw wrong(`is longer than ${MAX_LINE_CHARACTERS} characters`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw wrong('is not JSON', error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : ` at "${issue.path.join('.')}"`;
  throw wrong(`is no request${place} (${issue?.message ?? 'unknown reason'})`);
}
