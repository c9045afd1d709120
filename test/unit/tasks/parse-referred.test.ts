import { describe, expect, it } from 'vitest';
import { parseReferred } from '../../../src/tasks/parse-referred.js';

const BOX = '<loc0100><loc0200><loc0301><loc0402>';
const CODES = Array.from({ length: 16 }, (_, i) => i);
const SEG = CODES.map((code) => `<seg${String(code).padStart(3, '0')}>`).join('');
const SIZE = { width: 640, height: 480 };

describe('parseReferred', () => {
  it('truncates 1023rds of the picture to pixels', () => {
    // 100/1023*480 = 46.9, 200/1023*640 = 125.1, 301/1023*480 = 141.2, 402/1023*640 = 251.5
    expect(parseReferred(BOX + SEG, SIZE)).toEqual({
      box: { top: 46, left: 125, bottom: 141, right: 251 },
      codes: CODES,
    });
  });

  it('does not look at what follows the first 20 tokens', () => {
    expect(parseReferred(`${BOX}${SEG}<seg001> cat`, SIZE)).not.toBeNull();
  });

  it.each([
    ['a space before', ` ${BOX}${SEG}`],
    ['a space between', `${BOX} ${SEG}`],
    ['15 codes', BOX + SEG.slice(8)],
    ['three locations', BOX.slice(9) + SEG],
    ['five locations', `<loc0001>${BOX}${SEG}`],
    ['no codes', `${BOX} cat`],
    ['a box upside down', `<loc0301><loc0200><loc0100><loc0402>${SEG}`],
    ['a box without width', `<loc0100><loc0200><loc0301><loc0200>${SEG}`],
    ['a code beyond the codebook', BOX + SEG.replace('<seg015>', '<seg128>')],
    ['a location beyond the edge', BOX.replace('0402', '1024') + SEG],
    ['nothing', ''],
  ])('calls an answer with %s invalid', (_, text) => {
    expect(parseReferred(text, SIZE)).toBeNull();
  });

  it('calls a box invalid that holds no pixel of the picture', () => {
    const narrow = `<loc0100><loc0200><loc0301><loc0201>${SEG}`;
    expect(parseReferred(narrow, SIZE)).toBeNull();
    expect(parseReferred(narrow, { width: 1023, height: 10 })).not.toBeNull();
  });
});
