import { describe, expect, it } from 'vitest';
import { splitLines } from '../../../src/evaluate/lines/split-lines.js';
import { scoreLines } from '../../../src/evaluate/score/score-lines.js';
import { SCORE_METRICS, type ScoreMetric } from '../../../src/evaluate/score/score-metrics.js';

async function* bytes(text: string, size = 7) {
  await Promise.resolve();
  const all = new TextEncoder().encode(text);
  for (let i = 0; i < all.length; i += size) yield all.subarray(i, i + size);
}

const score = (metrics: ScoreMetric[], ...items: unknown[]) =>
  scoreLines(splitLines(bytes(items.map((item) => JSON.stringify(item)).join('\n'))), metrics);

describe('scoreLines', () => {
  it('gives the metrics asked for, in their order', async () => {
    const scores = await score(
      ['exact', 'vqa', 'anls', 'relaxed'],
      { id: 1, prediction: 'abcd', references: ['ABCX', 'abcd'] },
      { id: 2, prediction: '102', references: ['100'] },
    );
    expect(Object.entries(scores).map(([name, value]) => [name, Number(value.toFixed(6))])).toEqual([
      ['exact', 0.5],
      ['vqa', 0.166667],
      ['anls', 0.833333],
      ['relaxed', 1],
    ]);
  });

  it('joins the lines of one id for captions and counts each for answers', async () => {
    const lines = [
      { id: 'a', prediction: 'x y', references: ['a dog runs'] },
      { id: 'b', prediction: 'a cat', references: ['a cat'] },
      { id: 'a', prediction: 'a dog runs', references: ['x y'] },
    ];
    const joined = await score(['cider', 'exact'], ...lines);
    const alone = await score(
      ['cider'],
      { id: 1, prediction: 'a dog runs', references: ['a dog runs', 'x y'] },
      { id: 2, prediction: 'a cat', references: ['a cat'] },
    );
    expect(joined.cider).toBe(alone.cider);
    expect(joined.exact).toBeCloseTo(1 / 3, 12);
  });

  it('takes lines without an id as items of their own, and one reference alone', async () => {
    const scores = await score(
      ['bleu1', 'exact'],
      { prediction: 'a', reference: 'a' },
      { prediction: 'b', reference: 'c' },
    );
    expect(scores.bleu1).toBeCloseTo(0.5, 8);
    expect(scores.exact).toBe(0.5);
  });

  it('passes answers without references over', async () => {
    expect(
      await score(
        ['vqa'],
        { id: 1, prediction: 'a', references: [] },
        { id: 2, prediction: 'a', references: ['a'] },
      ),
    ).toEqual({ vqa: 1 / 3 });
  });

  it.each([
    ['bad_score_line', ['exact'], { id: 1 }],
    ['bad_score_line', ['exact'], 5],
    ['no_references', ['cider'], { id: 1, prediction: 'a', references: [] }],
    ['nothing_to_score', ['exact'], { id: 1, prediction: 'a' }],
  ] as const)('says %s', async (code, metrics, item) => {
    await expect(score([...metrics], item)).rejects.toMatchObject({ code });
  });

  it('knows every metric it names', async () => {
    const scores = await score(SCORE_METRICS, { id: 1, prediction: 'a', references: ['a'] });
    expect(Object.keys(scores)).toEqual(SCORE_METRICS);
  });
});

describe('splitLines', () => {
  it('ends lines at line feeds only, also within characters of several bytes', async () => {
    const found: string[] = [];
    for await (const line of splitLines(bytes('\ufeffé\u2028x\r\n\ny\u{1f436}', 1))) found.push(line);
    expect(found).toEqual(['é\u2028x', '', 'y\u{1f436}']);
  });
});
