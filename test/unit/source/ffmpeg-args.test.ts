import { describe, expect, it } from 'vitest';
import { ffmpegArgs } from '../../../src/source/ffmpeg-args.js';
import { filterChain } from '../../../src/source/filter-chain.js';
import { listArgs, probeArgs } from '../../../src/source/probe-args.js';

const file = { url: 'file:/tmp/a.mp4', head: new Uint8Array() };
const request = {
  file,
  streamIndex: 2,
  filters: 'showinfo',
  seekSeconds: undefined,
  threads: 2,
  program: { version: 'N-47683-g0e8eb07980-static', year: 2018 },
};
const video = { widthPixels: 640, heightPixels: 360, colorSpace: undefined };
const plan = { video, select: undefined, widthPixels: 224, heightPixels: 224, toneMap: false };

describe('the arguments of ffmpeg', () => {
  it('open files only, and no playlist', () => {
    for (const options of [ffmpegArgs(request).inputOptions, probeArgs(file), listArgs(file, 0, 'packets')]) {
      expect(options[options.indexOf('-protocol_whitelist') + 1]).toBe('file');
      const formats = options[options.indexOf('-format_whitelist') + 1]?.split(',') ?? [];
      expect(formats).toContain('matroska');
      for (const refused of ['hls', 'applehttp', 'concat', 'dash', 'sdp', 'image2', 'lavfi', 'tty']) {
        expect(formats).not.toContain(refused);
      }
    }
  });

  it('jump to a key frame by the container timestamp, without dropping what follows', () => {
    const { inputOptions } = ffmpegArgs({ ...request, seekSeconds: 12.5 });
    expect(inputOptions.join(' ')).toContain('-noaccurate_seek -seek_timestamp 1 -ss 12.500000');
    expect(ffmpegArgs(request).inputOptions).not.toContain('-ss');
  });

  it.each([
    ['4.4.1', 2021, '-vsync'],
    ['5.0.1', 2022, '-vsync'],
    ['5.1.6-0+deb12u1', 2024, '-fps_mode'],
    ['n7.1', 2024, '-fps_mode'],
    ['N-47683-g0e8eb07980-static', 2018, '-vsync'],
    ['N-120000-gabcdef', 2025, '-fps_mode'],
  ])('pass every frame through as version %s words it', (version, year, option) => {
    expect(ffmpegArgs({ ...request, program: { version, year } }).outputOptions).toContain(option);
  });
});

describe('the filter chain', () => {
  it('chooses before it scales, and tells the time last', () => {
    const chain = filterChain({ ...plan, select: 'between(t,1,2)' });
    expect(chain.startsWith("select='between(t,1,2)',scale=640:360:")).toBe(true);
    expect(chain.endsWith('format=rgb24,settb=1/1000000,showinfo')).toBe(true);
  });

  it('scales once to the source size when that is what is asked for', () => {
    const chain = filterChain({ ...plan, widthPixels: 640, heightPixels: 360 });
    expect(chain.match(/scale=/g)).toHaveLength(1);
  });

  it.each([
    [{ ...video, widthPixels: 1280, heightPixels: 720 }, true],
    [{ ...video, widthPixels: 720, heightPixels: 1280 }, true],
    [video, false],
    [{ ...video, widthPixels: 1280, heightPixels: 720, colorSpace: 'smpte170m' }, false],
  ])('takes untagged video of 720 rows as BT.709: %j', (source, expected) => {
    expect(filterChain({ ...plan, video: source }).includes('in_color_matrix=bt709')).toBe(expected);
  });

  it('maps HDR light on the small picture', () => {
    const chain = filterChain({ ...plan, toneMap: true });
    expect(chain.indexOf('scale=224:224')).toBeLessThan(chain.indexOf('tonemap='));
  });
});
