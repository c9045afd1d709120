import { describe, expect, it } from 'vitest';
import { ageAdvice } from '../../../src/source/age-advice.js';
import { parseVersionBanner } from '../../../src/source/version-banner.js';

describe('the version banner', () => {
  it.each([
    [
      'ffmpeg version 5.1.6-0+deb12u1 Copyright (c) 2000-2024 the FFmpeg developers\nbuilt',
      '5.1.6-0+deb12u1',
      2024,
    ],
    [
      'ffmpeg version N-47683-g0e8eb07980-static https://johnvansickle.com/ffmpeg/  Copyright (c) 2000-2018 the FFmpeg developers',
      'N-47683-g0e8eb07980-static',
      2018,
    ],
    ['ffprobe version n7.1 Copyright (c) 2007-2024 the FFmpeg developers', 'n7.1', 2024],
    ['ffmpeg version weird', 'weird', undefined],
  ])('tells version and year of %j', (text, version, year) => {
    expect(parseVersionBanner(text)).toEqual({ version, year });
  });

  it('does not take another program for ffmpeg', () => {
    expect(parseVersionBanner('GNU bash, version 5.2\nffmpeg version 1')).toBeUndefined();
  });
});

describe('the advice about old builds', () => {
  const now = new Date('2026-06-01');

  it('says that a build of more than two years is not for videos of strangers', () => {
    expect(ageAdvice('ffmpeg', 2018, now)).toMatch(/from 2018, about 8 years old: do not feed it/);
  });

  it('says nothing about a recent build or one of unknown age', () => {
    expect(ageAdvice('ffmpeg', 2024, now)).toBeUndefined();
    expect(ageAdvice('ffmpeg', undefined, now)).toBeUndefined();
  });
});
