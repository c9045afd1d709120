import { constants, createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { splitLines } from '../evaluate/lines/split-lines.js';
import type { Generation } from '../language/generation.js';
import { prefetchOne } from '../pipeline/prefetch-one.js';
import { messageOf, PalistreamError, RequestError, RetryableError } from '../shared/errors.js';
import type { Pixels } from '../shared/tensor.js';
import { generationJson, type PictureQuestion } from './answer-pictures.js';
import { type BatchRequest, parseBatchLine } from './batch-request.js';

/** What a batch needs of the rest. */
export interface BatchWork {
  readonly readPicture: (path: string) => Promise<Pixels>;
  readonly answer: (question: PictureQuestion) => Promise<Generation>;
  readonly optionsOf: (request: BatchRequest) => PictureQuestion['options'];
}

/** An answer as a line of JSON, or the error that stands in its place. */
export interface BatchAnswer {
  readonly line: string;
  readonly failed: boolean;
}

type Prepared = { readonly question: PictureQuestion; readonly readMs: number } | { readonly error: unknown };

/**
 * Answers a JSON Lines file of requests in order, the next one's pictures being read meanwhile. Blank lines are
 * skipped; a line that cannot be answered gets `{"error":{"code","message"}}` in its place.
 *
 * Relative paths of frames are looked up from the current directory, then from the batch file's.
 * @throws RequestError `batch_unreadable`, `line_too_long`; CheckpointError and EnvironmentError of a model that cannot be
 * opened; BugError; CancelledError
 */
export async function* answerBatch(file: string, work: BatchWork): AsyncGenerator<BatchAnswer> {
  for await (const prepared of prefetchOne(prepare(file, work))) {
    try {
      if ('error' in prepared) throw prepared.error;
      const generation = await work.answer(prepared.question);
      yield { line: generationJson(generation, prepared.readMs), failed: false };
    } catch (error) {
      if (!isOfLine(error)) throw error;
      yield { line: errorJson(error), failed: true };
    }
  }
}

async function* prepare(file: string, work: BatchWork): AsyncGenerator<Prepared> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number++;
    if (line.trim() === '') continue;
    try {
      const begun = performance.now();
      const request = parseBatchLine(line, number);
      const pictures: Pixels[] = [];
      for (const frame of request.frames)
        pictures.push(await work.readPicture(await locate(frame, dirname(file))));
      const question = { pictures, prompt: request.prompt, options: work.optionsOf(request) };
      yield { question, readMs: performance.now() - begun };
    } catch (error) {
      yield { error };
    }
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    yield* splitLines(createReadStream(file));
  } catch (error) {
    if (error instanceof PalistreamError) throw error; // line_too_long
    throw new RequestError(
      'batch_unreadable',
      `the batch ${JSON.stringify(file)} cannot be read (${messageOf(error)}): name a file of JSON lines`,
      { cause: error },
    );
  }
}

/**
 * Whether another line may fare better: not where the model, the machine or this program is at fault. Node's own errors
 * come of a picture that goes away while it is read.
 */
function isOfLine(error: unknown): boolean {
  const isKnown = error instanceof PalistreamError;
  return !isKnown || error instanceof RequestError || error instanceof RetryableError;
}

/** The path itself where it is there or nowhere, so that the error names what the request named. */
async function locate(frame: string, batchDirectory: string): Promise<string> {
  if (isAbsolute(frame) || (await exists(frame))) return frame;
  const beside = resolve(batchDirectory, frame);
  return (await exists(beside)) ? beside : frame;
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

function errorJson(error: unknown): string {
  const code = error instanceof PalistreamError ? error.code : 'unexpected_error';
  return JSON.stringify({ error: { code, message: messageOf(error) } });
}
