import { describe, expect, it } from 'vitest';
import { evaluateToon } from '../../../src/evaluate/toon/evaluate-toon.js';
import type { ToonItem, ToonTruth } from '../../../src/evaluate/toon/toon-item.js';
import type { ToonReading } from '../../../src/evaluate/toon/toon-reading.js';

const box = { left: 0, top: 0, right: 0.5, bottom: 0.5 };
const mask = { width: 2, height: 1, data: Uint8Array.from([1, 1]) };

/** Reads `name` as a box over all of the truth, `half name` as half a mask. */
const reading: ToonReading = {
  boxes: ({ text, steps }) =>
    text === '' ? [] : [{ label: text, box, score: Math.exp(steps[0]?.logprob ?? -Infinity) }],
  masks: (text, { width, height }) => {
    const [size, label = ''] = text.split(' ');
    const data = Uint8Array.from({ length: width * height }, (_, i) => (size === 'half' && i > 0 ? 0 : 1));
    return Promise.resolve([{ label, mask: { width, height, data } }]);
  },
};

/** A task whose prompt is what the scripted model answers. */
function task(type: string, said: string, references: string[], truth: ToonTruth, language?: string) {
  const item: Omit<ToonItem, 'id'> = { type, frames: [], prompt: said, references, truth };
  return language === undefined ? item : { ...item, language };
}

/** `unsure cat` is a cat that the model is not sure of. */
function answer({ prompt }: ToonItem) {
  const text = prompt.replace('unsure ', '');
  return Promise.resolve({ text, steps: [{ text, logprob: text === prompt ? -0.1 : -2 }] });
}

async function scores(...tasks: ReturnType<typeof task>[]) {
  async function* items() {
    await Promise.resolve();
    for (const [i, made] of tasks.entries()) yield { ...made, id: String(i) };
  }
  const found = await evaluateToon(items(), { answer, reading });
  return Object.fromEntries(found.map(({ type, metric, score }) => [`${type}/${metric}`, score]));
}

describe('evaluateToon', () => {
  it('scores captions by CIDEr and by the facts they tell, of each kind and language', async () => {
    const facts = [
      { kind: 'who', phrases: ['dog'] },
      { kind: 'way', phrases: ['to the right', 'rightwards'] },
    ];
    const german = [{ kind: 'who', phrases: ['Hund', 'hündchen'] }];
    const found = await scores(
      task('caption', 'A dog runs rightwards.', ['a dog runs rightwards'], { kind: 'caption', facts }),
      task('caption', 'hotdogs to the left', ['a cat sits'], { kind: 'caption', facts }),
      task(
        'caption',
        'ein Hu\u0308ndchen bellt',
        ['ein Hund bellt'],
        { kind: 'caption', facts: german },
        'de',
      ),
    );
    expect(found['caption/facts']).toBeCloseTo(60, 10);
    expect(found['caption/facts/who']).toBeCloseTo(200 / 3, 10);
    expect(found['caption/facts/way']).toBe(50);
    expect(found['caption/facts/en']).toBe(50);
    expect(found['caption/facts/de']).toBe(100);
    expect(found['caption/cider']).toBeGreaterThan(300);
  });

  it('scores answers, counts, statements and words read', async () => {
    const found = await scores(
      task('colour', 'red', ['red'], { kind: 'answer' }),
      task('colour', 'Red', ['red'], { kind: 'answer' }),
      task('count', 'two', ['2'], { kind: 'count' }),
      task('statement', 'True', ['true'], { kind: 'statement' }),
      task('statement', 'maybe', ['false'], { kind: 'statement' }),
      task('ocr', 'STOP stop', ['STOP HERE'], { kind: 'words' }),
    );
    expect(found).toEqual({
      'colour/accuracy': 50,
      'count/accuracy': 100,
      'statement/accuracy': 50,
      'ocr/words': 50,
      'ocr/accuracy': 0,
    });
  });

  it('counts a pair when all of it is right', async () => {
    const found = await scores(
      task('order', 'left', ['right'], { kind: 'pair', pair: 'a' }),
      task('order', 'left', ['left'], { kind: 'pair', pair: 'a' }),
      task('order', 'up', ['up'], { kind: 'pair', pair: 'b' }),
    );
    expect(found['order/accuracy']).toBeCloseTo(200 / 3, 10);
    expect(found['order/pairs']).toBe(50);
  });

  it('reads boxes and masks', async () => {
    const found = await scores(
      task('detect', 'cat', [], { kind: 'boxes', boxes: [{ label: 'cat', box }] }),
      task('detect', '', [], { kind: 'boxes', boxes: [{ label: 'dog', box }] }),
      task('segment', 'half cat', [], { kind: 'masks', masks: [{ label: 'cat', mask }] }),
      task('segment', 'all dog', [], { kind: 'masks', masks: [{ label: 'cat', mask }] }),
    );
    expect(found).toEqual({ 'detect/map50': 50, 'segment/miou': 25 });
  });

  it('takes the boxes first that the model is sure of', async () => {
    const [cat, nothing] = [
      { label: 'cat', box },
      { ...box, left: 0.6, right: 1 },
    ];
    const missed = { kind: 'boxes' as const, boxes: [{ label: 'cat', box: nothing }] };
    const hit = { kind: 'boxes' as const, boxes: [cat] };
    const sure = await scores(task('detect', 'unsure cat', [], missed), task('detect', 'cat', [], hit));
    const unsure = await scores(task('detect', 'cat', [], missed), task('detect', 'unsure cat', [], hit));
    expect(sure['detect/map50']).toBeCloseTo((100 * 51) / 101, 10);
    expect(unsure['detect/map50']).toBeCloseTo((50 * 51) / 101, 10);
  });

  it('refuses a type whose answers are of two kinds', async () => {
    await expect(
      scores(task('x', 'a', ['a'], { kind: 'answer' }), task('x', 'a', ['a'], { kind: 'count' })),
    ).rejects.toThrow(/"x".*answer, count/);
  });
});
