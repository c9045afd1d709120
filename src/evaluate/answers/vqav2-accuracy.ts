import { pythonStrip } from '../text/python-strip.js';
import { vqav2Text } from './vqav2-text.js';

/** People asked of each question; of more, the first ten are left out one by one, as the reference does. */
const PEOPLE = 10;
const ENOUGH = 3;

/**
 * VQAv2's accuracy of an answer: the mean of `min(1, n / 3)` over the answers with one person's left out. Texts are
 * normalised only when people do not all agree.
 * @param references what people answered, ten as published; of fewer, each is left out once
 * @source big_vision, `evaluators/proj/paligemma/transfers/vqav2.py`
 */
export function vqav2Accuracy(prediction: string, references: readonly string[]): number {
  const people = references.map(oneLine);
  const agree = new Set(people).size <= 1;
  const answer = agree ? oneLine(prediction) : vqav2Text(oneLine(prediction));
  const matches = people.map((said) => (agree ? said : vqav2Text(said)) === answer);
  const all = matches.filter(Boolean).length;
  const turns = matches.slice(0, PEOPLE);
  const sum = turns.reduce((total, match) => total + Math.min(1, (all - Number(match)) / ENOUGH), 0);
  return turns.length === 0 ? 0 : sum / turns.length;
}

function oneLine(text: string): string {
  return pythonStrip(text.replace(/[\n\t]/g, ' '));
}
