import { levenshtein } from './levenshtein.js';

/** Texts that differ by as much as this or more are worth nothing. */
const THRESHOLD = 0.5;

/**
 * Average normalised Levenshtein similarity of an answer to the reference nearest to it: DocVQA, InfographicVQA,
 * SceneTextVQA, which lower-case both before.
 * @source Biten et al. 2019; big_vision, `evaluators/proj/paligemma/transfers/vqa.py`
 */
export function anls(prediction: string, references: readonly string[]): number {
  return Math.max(0, ...references.map((reference) => similarity(prediction, reference)));
}

function similarity(prediction: string, reference: string): number {
  if (reference === '') return prediction === '' ? 1 : 0;
  const longer = Math.max(Array.from(prediction).length, Array.from(reference).length);
  const difference = levenshtein(reference, prediction) / longer;
  return difference < THRESHOLD ? 1 - difference : 0;
}
