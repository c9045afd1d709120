import { z } from 'zod';
import { messageOf, RequestError } from '../../shared/errors.js';

const SCHEMA = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  prediction: z.string(),
  references: z.array(z.string()).optional(),
  /** One reference alone. */
  reference: z.string().optional(),
});

/** One prediction with what it is held against. */
export interface ScoreLine {
  /** 1-based line of the file. */
  readonly line: number;
  readonly id: string | number | undefined;
  readonly prediction: string;
  readonly references: readonly string[];
}

/**
 * Reads a line such as `{"id":1,"prediction":"a cat","references":["a cat","the cat"]}`.
 * @throws RequestError `bad_score_line`
 */
export function parseScoreLine(text: string, line: number): ScoreLine {
  const parsed = SCHEMA.safeParse(jsonOf(text, line));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badLine(line, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not of that form'}`);
  }
  const { id, prediction, references = [], reference } = parsed.data;
  return {
    line,
    id,
    prediction,
    references: reference === undefined ? references : [...references, reference],
  };
}

function jsonOf(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badLine(line, messageOf(error));
  }
}

function badLine(line: number, why: string): RequestError {
  return new RequestError(
    'bad_score_line',
    `line ${line} is no prediction (${why}): write {"id":1,"prediction":"a cat","references":["a cat"]}`,
  );
}
