import { describe, expect, it } from 'vitest';
import { launched } from '../../../src/source/launched.js';

describe('how ffmpeg is started', () => {
  it('is behind others, with a limit of memory and no core files, where the system can', () => {
    expect(launched('/opt/ffmpeg', ['-i', 'file:a b'], { exists: () => true })).toEqual({
      command: '/usr/bin/nice',
      args: [
        ...['-n', '10', '/usr/bin/prlimit', '--data=4294967296', '--core=0', '--'],
        ...['/opt/ffmpeg', '-i', 'file:a b'],
      ],
    });
  });

  it('is not behind others when it reads a camera', () => {
    expect(launched('/opt/ffmpeg', ['-i'], { isLive: true, exists: () => true })).toEqual({
      command: '/usr/bin/prlimit',
      args: ['--data=4294967296', '--core=0', '--', '/opt/ffmpeg', '-i'],
    });
  });

  it('is behind others without prlimit, and as it is without both', () => {
    const exists = (path: string) => path === '/usr/bin/nice';
    expect(launched('/opt/ffmpeg', ['-i'], { exists }).args).toEqual(['-n', '10', '/opt/ffmpeg', '-i']);
    const bare = { command: 'ffmpeg.exe', args: ['-i'] };
    expect(launched('ffmpeg.exe', ['-i'], { exists: () => false })).toEqual(bare);
  });
});
