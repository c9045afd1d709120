import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/checkpoint/parse-config.js';
import { parsePreprocessor } from '../../../src/checkpoint/parse-preprocessor.js';
import type { PreprocessorConfig } from '../../../src/checkpoint/preprocessor.js';

const { config } = parseConfig({ model_type: 'paligemma' }, 'config.json');
const parse = (json: object): PreprocessorConfig =>
  parsePreprocessor(json, 'preprocessor_config.json', config);

describe('parsePreprocessor', () => {
  it('supplies SigLIP’s defaults', () => {
    expect(parse({ size: { height: 224, width: 224 } })).toEqual({
      size: 224,
      resample: 'bicubic',
      rescaleFactor: 1 / 255,
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
    });
  });

  it('takes a single number for a square, and the bilinear filter', () => {
    expect(parse({ size: 224, resample: 2 })).toMatchObject({ size: 224, resample: 'bilinear' });
  });

  it('says a step that is switched off as one that changes nothing', () => {
    const off = parse({ size: 224, do_rescale: false, do_normalize: false, image_mean: [1, 2, 3] });
    expect(off).toMatchObject({ rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1] });
  });
});
