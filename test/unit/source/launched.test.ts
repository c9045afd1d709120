import { describe, expect, it } from 'vitest';
import { launched } from '../../../src/source/launched.js';

describe('how ffmpeg is started', () => {
  it('is behind others, with a limit of memory and no core files, where the system can', () => {
    expect(launched('/opt/ffmpeg', ['-i', 'file:a b'], () => true)).toEqual({
      command: '/usr/bin/nice',
      args: [
        ...['-n', '10', '/usr/bin/prlimit', '--data=4294967296', '--core=0', '--'],
        ...['/opt/ffmpeg', '-i', 'file:a b'],
      ],
    });
  });

  it('is behind others without prlimit, and as it is without both', () => {
    expect(launched('/opt/ffmpeg', ['-i'], (path) => path === '/usr/bin/nice').args).toEqual([
      ...['-n', '10', '/opt/ffmpeg', '-i'],
    ]);
    expect(launched('ffmpeg.exe', ['-i'], () => false)).toEqual({ command: 'ffmpeg.exe', args: ['-i'] });
  });
});
