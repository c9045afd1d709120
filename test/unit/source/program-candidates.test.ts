import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programCandidates } from '../../../src/source/program-candidates.js';

const PATH = ['/usr/local/bin', '', '/usr/bin'].join(delimiter);
const paths = (...args: Parameters<typeof programCandidates>): string[] =>
  programCandidates(...args).map((candidate) => candidate.path);

describe('where programs are looked for', () => {
  it('tries nothing but the program a setting names', () => {
    expect(programCandidates('ffmpeg', '/opt/ffmpeg', PATH, '/npm/ffmpeg')).toEqual([
      { path: '/opt/ffmpeg', origin: 'setting', required: true },
    ]);
  });

  it('prefers the PATH to the bundled one', () => {
    expect(paths('ffmpeg', undefined, PATH, '/npm/ffmpeg')).toEqual([
      '/usr/local/bin/ffmpeg',
      '/usr/bin/ffmpeg',
      '/npm/ffmpeg',
    ]);
  });

  it('looks for ffprobe beside the ffmpeg that was found first', () => {
    const sibling = { path: '/opt/new/ffmpeg', origin: 'setting' } as const;
    expect(paths('ffprobe', '', PATH, '/npm/ffprobe', sibling)[0]).toBe('/opt/new/ffprobe');
  });

  it('does not look beside a bundled ffmpeg, whose package holds nothing else', () => {
    const sibling = { path: '/npm/x/ffmpeg', origin: 'bundled' } as const;
    expect(paths('ffprobe', undefined, '', '/npm/y/ffprobe', sibling)).toEqual(['/npm/y/ffprobe']);
  });
});
