import { describe, expect, it } from 'vitest';
import { srtCue, vttCue } from '../../../../src/delivery/subtitles/subtitles.js';
import { shortTime, timecode } from '../../../../src/delivery/subtitles/timecode.js';

const cue = (text: string) => ({ startSeconds: 3661.0005, endSeconds: 3662.5, text });

describe('vttCue', () => {
  it('has times with a point and an empty line at the end', () => {
    expect(vttCue(cue('a cow'))).toBe('01:01:01.001 --> 01:01:02.500\na cow\n\n');
  });

  it('escapes what would be markup or an arrow', () => {
    expect(vttCue(cue('a <b> & --> c'))).toContain('\na &lt;b&gt; &amp; --&gt; c\n');
  });

  it('lets no line of the text end the cue', () => {
    expect(vttCue(cue('one\n\ntwo'))).toBe('01:01:01.001 --> 01:01:02.500\none two\n\n');
    expect(vttCue(cue('  '))).toBe('01:01:01.001 --> 01:01:02.500\n…\n\n');
  });

  it('breaks long text at spaces, after 42 characters at the most', () => {
    const lines = vttCue(cue('a black and white cow runs to the left over a green meadow'))
      .split('\n')
      .slice(1, -2);
    expect(lines).toEqual(['a black and white cow runs to the left', 'over a green meadow']);
  });

  it('gives a still picture a span that is not empty', () => {
    expect(vttCue({ startSeconds: 0, endSeconds: 0, text: 'x' })).toContain('00:00:00.000 --> 00:00:00.001');
  });
});

describe('srtCue', () => {
  it('is numbered and has times with a comma', () => {
    expect(srtCue(cue('a cow'), 7)).toBe('7\n01:01:01,001 --> 01:01:02,500\na cow\n\n');
  });

  it('lets no text look like a time line', () => {
    expect(srtCue(cue('a --> b ---> c'), 1)).toContain('\na -> b -> c\n');
  });
});

describe('times', () => {
  it('carries over when it rounds', () => {
    expect(timecode(59.9996, '.')).toBe('00:01:00.000');
    expect(shortTime(59.96)).toBe('1:00');
  });

  it('is short for people', () => {
    expect([shortTime(5), shortTime(65.25), shortTime(3725)]).toEqual(['0:05', '1:05.3', '1:02:05']);
  });
});
