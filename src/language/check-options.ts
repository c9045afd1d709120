import { RequestError } from '../shared/errors.js';
import type { GenerationOptions, Sampling } from './generation.js';

/** Each beam has a key/value cache of its own: 16 of a 16-frame prompt are 2.5 GB with PaliGemma 3B. */
const MAX_BEAMS = 16;

/** Told for every step: more would be more bytes than the answer is worth. */
const MAX_TOP_LOGPROBS = 100;

/** PaliGemma is trained on contexts of 8,192 tokens; `checkLength` holds a request against the model's own. */
const MAX_NEW_TOKENS = 8192;

const MAX_SEED = 2 ** 32 - 1;

/** Every step is held against each of them. */
const MAX_STOPS = 16;
const MAX_STOP_LETTERS = 200;

/** @throws RequestError naming the option, its value and what is allowed */
export function checkOptions({ sampling, maxNewTokens, topLogprobs, stop = [] }: GenerationOptions): void {
  checkInteger('max_new_tokens', maxNewTokens, 1, MAX_NEW_TOKENS);
  checkInteger('top_logprobs', topLogprobs, 0, MAX_TOP_LOGPROBS);
  checkSampling(sampling);
  checkStops(stop);
}

function checkStops(stops: readonly string[]): void {
  const areShort = stops.every((stop) => stop.length > 0 && stop.length <= MAX_STOP_LETTERS);
  if (areShort && stops.length <= MAX_STOPS) return;
  refuse('stop', JSON.stringify(stops), `at most ${MAX_STOPS} texts of 1 to ${MAX_STOP_LETTERS} letters`);
}

function checkSampling(sampling: Sampling): void {
  switch (sampling.kind) {
    case 'greedy':
      return;
    case 'beam':
      checkInteger('beams', sampling.beams, 1, MAX_BEAMS);
      return;
    case 'sample': {
      const { temperature, topK, topP, seed } = sampling;
      if (!(temperature > 0 && temperature < Infinity)) {
        refuse('temperature', temperature, 'a number above 0; for the likeliest text choose greedy');
      }
      if (topK !== null) checkInteger('top_k', topK, 1, Number.MAX_SAFE_INTEGER);
      if (topP !== null && !(topP > 0 && topP <= 1)) refuse('top_p', topP, 'above 0 and at most 1');
      checkInteger('seed', seed, 0, MAX_SEED);
    }
  }
}

function checkInteger(option: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    refuse(option, value, `a whole number from ${min} to ${max}`);
  }
}

function refuse(option: string, value: number | string, allowed: string): never {
  throw new RequestError(`${option}_invalid`, `${option} is ${value}, but has to be ${allowed}`);
}
