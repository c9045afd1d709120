import type { GenerationStep } from '../language/generation.js';
import type { Convention } from '../tasks/convention.js';
import type { Detection, Problem } from '../tasks/detection.js';
import { parseDetections } from '../tasks/parse-detections.js';

/** Where a thing begins in the text, whatever is wrong with the rest of it. */
const BEGINNING = /(?:<loc\d{4}>){4}/g;

export interface ScoredDetections {
  readonly found: readonly (Detection & { readonly score: number })[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the model's answer thing by thing, each with the geometric mean of its tokens' probabilities: what the model
 * itself thinks of it. Finds what `parseDetections` finds in the whole.
 *
 * @param steps their texts joined are the answer
 * @param unnamed as in `parseDetections`
 */
export function scoredDetections(
  steps: readonly Pick<GenerationStep, 'text' | 'logprob'>[],
  convention: Convention,
  unnamed?: string,
): ScoredDetections {
  const text = steps.map((step) => step.text).join('');
  const starts = [...text.matchAll(BEGINNING)].map((match) => match.index);
  const found: ScoredDetections['found'][number][] = [];
  const problems: Problem[] = [
    ...parseDetections(text.slice(0, starts[0] ?? text.length), convention, unnamed).problems,
  ];
  for (const [i, start] of starts.entries()) {
    const piece = text.slice(start, starts[i + 1]);
    const parsed = parseDetections(piece, convention, unnamed);
    const end = start + piece.replace(/[\s;]+$/, '').length;
    const score = Math.exp(meanLogprob(steps, start, end));
    found.push(...parsed.found.map((detection) => ({ ...detection, score })));
    problems.push(...parsed.problems);
  }
  return { found, problems };
}

/** Of the tokens that begin in a stretch of the text. */
function meanLogprob(
  steps: readonly Pick<GenerationStep, 'text' | 'logprob'>[],
  start: number,
  end: number,
): number {
  let at = 0;
  let sum = 0;
  let count = 0;
  for (const { text, logprob } of steps) {
    if (at >= start && at < end && text !== '') {
      sum += logprob;
      count++;
    }
    at += text.length;
  }
  return count === 0 ? 0 : sum / count;
}
