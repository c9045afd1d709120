import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anls } from '../../../src/evaluate/answers/anls.js';
import { relaxedMatch } from '../../../src/evaluate/answers/relaxed-match.js';
import { tallyNumber } from '../../../src/evaluate/answers/tally-number.js';
import { vqaAccuracy } from '../../../src/evaluate/answers/vqa-accuracy.js';
import { vqav2Accuracy } from '../../../src/evaluate/answers/vqav2-accuracy.js';
import {
  averagePrecision,
  type Detection,
  type TrueBox,
} from '../../../src/evaluate/boxes/average-precision.js';
import { cocoAveragePrecision } from '../../../src/evaluate/boxes/coco-average-precision.js';
import { polygonMask } from '../../../src/evaluate/boxes/polygon-mask.js';
import { splitLines } from '../../../src/evaluate/lines/split-lines.js';
import { tokenizeCaption } from '../../../src/evaluate/ptb/tokenize-caption.js';
import { scoreLines } from '../../../src/evaluate/score/score-lines.js';

/** Inputs of our own with what the reference programs make of them. */
const FIXTURES = 'test/fixtures/evaluate';
const read = (name: string): unknown => JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));

describe('against the reference programs', () => {
  it('cuts captions into the words of the Penn Treebank tokenizer', () => {
    const rows = read('captions-tokenized.json') as [string, string[]][];
    expect(rows.length).toBeGreaterThan(200);
    rows.forEach(([caption, words], i) => {
      const following = rows.slice(i + 1).map(([next]) => next);
      expect(tokenizeCaption(caption, following), JSON.stringify(caption)).toEqual(words);
    });
  });

  it('scores captions as pycocoevalcap does, an id that comes again included', async () => {
    const expected = read('captions-expected.json') as { cider: number; bleu: number[] };
    const lines = splitLines(createReadStream(join(FIXTURES, 'captions.jsonl')) as AsyncIterable<Uint8Array>);
    const scores = await scoreLines(lines, ['cider', 'bleu1', 'bleu2', 'bleu3', 'bleu4']);
    expect(scores.cider).toBeCloseTo(expected.cider, 10);
    [scores.bleu1, scores.bleu2, scores.bleu3, scores.bleu4].forEach((score, i) => {
      expect(score).toBeCloseTo(expected.bleu[i] ?? NaN, 10);
    });
  });

  it('scores answers as big_vision does', () => {
    const cases = read('answers.json') as {
      p: string;
      r: string[];
      vqav2: number;
      vqa: number;
      anls: number;
      relaxed: number;
      tally: number;
    }[];
    for (const { p, r, ...expected } of cases) {
      const small = r.map((text) => text.toLowerCase());
      const [first = ''] = r;
      const name = JSON.stringify([p, r]);
      expect(vqav2Accuracy(p, r), name).toBeCloseTo(expected.vqav2, 12);
      expect(vqaAccuracy(p, r), name).toBeCloseTo(expected.vqa, 12);
      expect(anls(p.toLowerCase(), small), name).toBeCloseTo(expected.anls, 12);
      expect(relaxedMatch(p.toLowerCase(), small[0] ?? ''), name).toBe(expected.relaxed);
      expect(tallyNumber(p) === tallyNumber(first), name).toBe(expected.tally === 1);
    }
  });

  it('gives the average precision of pycocotools', () => {
    const cases = read('coco-precision.json') as {
      gt: TrueBox[];
      dt: Detection[];
      map: number;
      map50: number;
    }[];
    for (const { gt, dt, map, map50 } of cases) {
      expect(averagePrecision(dt, gt, 0.5).mean).toBeCloseTo(map50, 12);
      expect(cocoAveragePrecision(dt, gt)).toBeCloseTo(map, 12);
    }
  });

  it('draws outlines as pycocotools does', () => {
    const cases = read('coco-outlines.json') as {
      width: number;
      height: number;
      polygons: number[][];
      mask: string;
    }[];
    for (const { width, height, polygons, mask } of cases) {
      expect(polygonMask(polygons, width, height).data.join('')).toBe(mask);
    }
  });
});
