import { pythonFloat } from '../text/python-float.js';

/** How far a number may be off, as a share of the right one. */
const TOLERANCE = 0.05;

/**
 * ChartQA's relaxed accuracy of one answer, 0 or 1: numbers may be off by 5 percent, all else must be equal. `5%` is
 * 0.05. A right answer of zero has to be written as it is. Both are lower-cased before.
 * @source Masry et al. 2022; big_vision, `evaluators/proj/paligemma/transfers/chartqa.py`
 */
export function relaxedMatch(prediction: string, reference: string): number {
  const said = toNumber(prediction);
  const right = toNumber(reference);
  if (said === null || right === null || right === 0) return prediction === reference ? 1 : 0;
  return Math.abs(said - right) / Math.abs(right) <= TOLERANCE ? 1 : 0;
}

function toNumber(text: string): number | null {
  if (!text.endsWith('%')) return pythonFloat(text);
  const share = pythonFloat(text.slice(0, endWithout(text, '%')));
  return share === null ? null : share / 100;
}

function endWithout(text: string, mark: string): number {
  let end = text.length;
  while (text.charAt(end - 1) === mark) end--;
  return end;
}
