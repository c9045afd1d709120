import { describe, expect, it } from 'vitest';
import { parseDetections } from '../../../src/tasks/parse-detections.js';
import { seededRandom } from './seeded-random.js';

const BOX = '<loc0256><loc0128><loc0768><loc0512>';
const OTHER = '<loc0000><loc0000><loc1023><loc1023>';
const CODES = Array.from({ length: 16 }, (_, i) => i * 8);
const seg = (codes: readonly number[]) =>
  codes.map((code) => `<seg${String(code).padStart(3, '0')}>`).join('');

/** Labels with whether they have a mask, and every problem. */
function summary(text: string, unnamed?: string) {
  const { found, problems } = parseDetections(text, 1024, unnamed);
  return {
    found: found.map(({ label, codes }) => (codes === null ? label : `${label}#`)),
    problems: problems.map(({ reason, text: piece }) => `${piece}: ${reason}`),
  };
}

describe('parseDetections', () => {
  it('reads boxes and names', () => {
    expect(parseDetections(`${BOX} cat ; ${OTHER} red car`, 1024)).toEqual({
      found: [
        { label: 'cat', box: { yMin: 0.25, xMin: 0.125, yMax: 0.75, xMax: 0.5 }, codes: null },
        { label: 'red car', box: { yMin: 0, xMin: 0, yMax: 1023 / 1024, xMax: 1023 / 1024 }, codes: null },
      ],
      problems: [],
    });
  });

  it('reaches the far edge with the convention of 1023', () => {
    expect(parseDetections(`${OTHER} cat`, 1023).found[0]?.box).toEqual({
      yMin: 0,
      xMin: 0,
      yMax: 1,
      xMax: 1,
    });
  });

  it.each(['', ' '])('reads mask codes, with "%s" between box and codes', (space) => {
    const { found, problems } = parseDetections(`${BOX}${space}${seg(CODES)} cat ; ${BOX} dog`, 1024);
    expect(found.map(({ label, codes }) => [label, codes])).toEqual([
      ['cat', CODES],
      ['dog', null],
    ]);
    expect(problems).toEqual([]);
  });

  it('names what an expression means, which the model answers without a name', () => {
    expect(summary(BOX + seg(CODES), 'the left cup')).toEqual({ found: ['the left cup#'], problems: [] });
  });

  it('finds nothing in nothing', () => {
    expect(summary('')).toEqual({ found: [], problems: [] });
    expect(summary(' ; ')).toEqual({ found: [], problems: [] });
  });

  it.each<[string, string, string[], RegExp[]]>([
    ['three location tokens', `<loc0001><loc0002><loc0003> cat ; ${BOX} dog`, ['dog'], [/3 location tokens/]],
    ['five location tokens', `${BOX}<loc0001> cat`, [''], [/no name/, /<loc0001> cat: there is 1 loc/]],
    ['a box upside down', `<loc0700><loc0001><loc0300><loc0500> cat ; ${BOX} dog`, ['dog'], [/700 to 300/]],
    ['a box without height', '<loc0200><loc0100><loc0200><loc0300> cat', [], [/no area/]],
    ['a box without width', '<loc0100><loc0300><loc0200><loc0300> cat', [], [/no area/]],
    ['15 mask codes', `${BOX}${seg(CODES.slice(1))} cat`, ['cat'], [/15 codes where 16/]],
    ['17 mask codes', `${BOX}${seg([...CODES, 1])} cat`, ['cat#'], [/17 codes where 16/]],
    ['a code beyond the codebook', `${BOX}${seg([...CODES.slice(1), 128])} cat`, ['cat'], [/code 128/]],
    ['a location beyond the edge', '<loc0000><loc0000><loc1024><loc0500> cat', [], [/location 1024/]],
    ['a name with a semicolon', `${BOX} cat; dog ; ${BOX} cow`, ['cat', 'cow'], [/^dog: .*no box/]],
    ['a box without a name', `${BOX} ; ${BOX} dog`, ['', 'dog'], [/no name/]],
    ['words before', `I see ${BOX} dog`, ['dog'], [/^I see: this text belongs to no box/]],
    ['words behind', `${BOX} dog ; and so on`, ['dog'], [/^and so on: /]],
    ['words alone', 'a dog\nruns', [], [/a dog\nruns: /]],
    ['a mask without a box', `${seg(CODES)} cat ; ${BOX} dog`, ['dog'], [/without a box/]],
    ['a mask behind the name', `${BOX} dog ${seg(CODES)}`, ['dog'], [/without a box/]],
    ['locations parted by a space', '<loc0001><loc0002> <loc0003><loc0004> a', [], [/4 location tokens/]],
  ])('takes what is right beside %s', (_, text, found, reasons) => {
    const got = summary(text);
    expect(got.found).toEqual(found);
    expect(got.problems).toHaveLength(reasons.length);
    for (const [i, problem] of got.problems.entries()) expect(problem).toMatch(reasons[i] ?? /never/);
  });
});

/** Google's own loop over its own expression, boxes and codes only. */
function reference(text: string) {
  const expression = new RegExp(
    `^([^]*?)${'<loc(\\d{4})>'.repeat(4)}\\s*(?:${'<seg(\\d{3})>'.repeat(16)})?\\s*([^;<>]+)? ?(?:; )?`,
  );
  const things: { locations: number[]; codes: number[]; name: string }[] = [];
  for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
    const numbers = match.slice(2, 22).map(Number);
    const name = (match[22] ?? '').trim();
    things.push({ locations: numbers.slice(0, 4), codes: numbers.slice(4), name });
    text = text.slice(match[0].length);
  }
  return things;
}

describe('parseDetections on anything', () => {
  const random = seededRandom(7);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const number = (digits: number) => String(Math.floor(random() * 10 ** digits)).padStart(digits, '0');
  const PARTS = [
    () => `<loc${number(4)}>`,
    () => `<loc0${number(3)}>`,
    () => `<loc01${number(2)}><loc02${number(2)}><loc08${number(2)}><loc09${number(2)}>`,
    () => seg(CODES),
    () => seg(CODES.slice(pick([1, 2, 15]))),
    () => `<seg${number(3)}>`,
    () => pick([' ', ' ; ', ';', '; ', '\n', '<', '>', '<loc12>', '\u2028']),
    () => pick(['cat', 'red car ', ' dog', 'ein Stück', '🐱']),
  ];

  it('finds the boxes of the reference that have an area, and never throws', () => {
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: Math.floor(random() * 12) }, () => pick(PARTS)()).join('');
      const expected = reference(text).filter(
        ({ locations: [top = 0, left = 0, bottom = 0, right = 0] }) =>
          Math.max(top, left, bottom, right) <= 1023 && bottom > top && right > left,
      );
      const { found, problems } = parseDetections(text, 1024);
      expect({ text, boxes: found.map(({ box }) => [box.yMin, box.xMin, box.yMax, box.xMax]) }).toEqual({
        text,
        boxes: expected.map(({ locations }) => locations.map((location) => location / 1024)),
      });
      found.forEach(({ label, codes }, i) => {
        const wanted = expected[i];
        if (codes !== null) expect({ text, codes }).toEqual({ text, codes: wanted?.codes });
        if (wanted?.name !== '') expect({ text, label }).toEqual({ text, label: wanted?.name });
        if (codes === null && Number.isFinite(wanted?.codes[0])) expect(problems).not.toEqual([]);
      });
      for (const problem of problems) expect(text).toContain(problem.text);
    }
  });

  it('reads long nonsense in linear time', () => {
    const begun = performance.now();
    for (const part of ['<loc0001>', ' ', '<seg001>', ';', '<', `${BOX} `, `${BOX}<seg001>`]) {
      parseDetections(part.repeat(200_000 / part.length), 1023);
    }
    expect(performance.now() - begun).toBeLessThan(10_000); // quadratic time would take minutes
  });
});
