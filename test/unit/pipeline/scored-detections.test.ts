import { describe, expect, it } from 'vitest';
import type { ThingsQuestion } from '../../../src/pipeline/events.js';
import { scoredDetections } from '../../../src/pipeline/scored-detections.js';
import { taskQuestion } from '../../../src/pipeline/video/task-question.js';
import { parseDetections } from '../../../src/tasks/parse-detections.js';

/** Splits a text into the model's tokens: locations, mask codes, words. All are equally likely but those named. */
function steps(text: string, unsure: Record<string, number> = {}) {
  const tokens = text.match(/<\w+>|\s*[^<\s]+/g) ?? [];
  return tokens.map((token) => ({ text: token, logprob: Math.log(unsure[token.trim()] ?? 0.9) }));
}

const COW = '<loc0000><loc0100><loc0500><loc0600> cow';
const CAR = '<loc0200><loc0300><loc0400><loc0500> car';

describe('scoredDetections', () => {
  it('scores each thing by its own tokens', () => {
    const { found } = scoredDetections(steps(`${COW} ; ${CAR}`, { car: 0.1 }), 1023);
    expect(found.map(({ label, score }) => [label, score])).toEqual([
      ['cow', expect.closeTo(0.9, 6)],
      ['car', expect.closeTo((0.9 ** 4 * 0.1) ** (1 / 5), 6)],
    ]);
  });

  it.each([
    `${COW} ; ${CAR}`,
    '',
    'no box at all',
    `hm ${COW} ; <loc0001><loc0002> half ; ${CAR} ; more`,
    '<loc0500><loc0100><loc0400><loc0600> upside down ; <loc0000><loc0100><loc0500><loc0600>',
    `<loc0009>${COW}<seg001><seg002> ; ${CAR}`,
    '<loc0000><loc0100><loc0500><loc0600><loc0700> cow',
    `${COW};${CAR}`,
  ])('finds what is found in the whole: %s', (text) => {
    const whole = parseDetections(text, 1023);
    const { found, problems } = scoredDetections(steps(text), 1023);
    expect(found.map(({ score, ...detection }) => (expect(score).toBeGreaterThan(0), detection))).toEqual(
      whole.found,
    );
    expect(problems.length).toBe(whole.problems.length);
  });

  it('gives the box of a referring expression its name', () => {
    const { unnamed } = taskQuestion({ kind: 'refer', expression: ' the left cup ' }) as ThingsQuestion;
    const { found, problems } = scoredDetections(
      steps('<loc0000><loc0100><loc0500><loc0600>'),
      1023,
      unnamed,
    );
    expect(found).toMatchObject([{ label: 'the left cup' }]);
    expect(problems).toEqual([]);
  });
});
