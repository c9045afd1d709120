import { describe, expect, it } from 'vitest';
import { parseProbe } from '../../../src/source/parse-probe.js';
import { probeAnswer } from '../../../src/source/probe-answer.js';
import { probeError } from '../../../src/source/probe-error.js';
import { rotationOf } from '../../../src/source/rotation.js';

const file = { path: 'a "b".mp4', url: 'file:/a', identity: 'i', bytes: 9, head: new Uint8Array() };
const stream = {
  index: 1,
  codec_type: 'video',
  codec_name: 'h264',
  width: 640,
  height: 360,
  avg_frame_rate: '30000/1001',
  nb_frames: '120',
  duration: '4.004000',
  start_time: '0.000000',
};
const parse = (streams: unknown[], format: object = {}): ReturnType<typeof parseProbe> =>
  parseProbe(
    file,
    probeAnswer.parse({ streams, format: { format_name: 'mov,mp4', duration: '5', ...format } }),
  );
const codeOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
};

describe('what a probe says', () => {
  it('reads the facts of the first picture stream', () => {
    expect(parse([{ index: 0, codec_type: 'audio' }, stream])).toMatchObject({
      streamIndex: 1,
      codec: 'h264',
      widthPixels: 640,
      heightPixels: 360,
      framesPerSecond: 30000 / 1001,
      frameCount: 120,
      durationSeconds: 4.004,
      durationIsEstimated: false,
      isHdr: false,
      hasAudio: true,
    });
  });

  it('shows a file from its first timestamp on, but does not shift one that begins before zero', () => {
    expect(parse([stream], { start_time: '1.4' }).zeroSeconds).toBe(1.4);
    expect(parse([stream], { start_time: '-0.007' }).zeroSeconds).toBe(0);
  });

  it('swaps the sides of a picture turned by a quarter', () => {
    const turned = parse([{ ...stream, side_data_list: [{ rotation: -90 }] }]);
    expect(turned).toMatchObject({ rotationDegrees: 90, widthPixels: 360, heightPixels: 640 });
  });

  it.each(['smpte2084', 'arib-std-b67'])('flags %s as HDR', (transfer) => {
    expect(parse([{ ...stream, color_transfer: transfer }]).isHdr).toBe(true);
  });

  it('says when the duration is the container guess', () => {
    expect(parse([{ ...stream, duration: undefined }])).toMatchObject({
      durationSeconds: 5,
      durationIsEstimated: true,
    });
  });

  it('takes a cover picture for no video', () => {
    const cover = { ...stream, disposition: { attached_pic: 1 } };
    expect(codeOf(() => parse([{ index: 0, codec_type: 'audio' }, cover]))).toBe('audio_only');
  });

  it('refuses what has no picture, no size, or too large a one', () => {
    expect(codeOf(() => parse([]))).toBe('not_a_video');
    expect(codeOf(() => parse([{ ...stream, width: 0 }]))).toBe('video_unreadable');
    expect(codeOf(() => parse([{ ...stream, width: 40_000 }]))).toBe('video_too_large');
  });
});

describe('rotation', () => {
  it.each([
    [{ side_data_list: [{}, { rotation: -90 }] }, 90],
    [{ side_data_list: [{ rotation: 90 }] }, 270],
    [{ side_data_list: [{ rotation: 180 }], tags: { rotate: '90' } }, 180],
    [{ tags: { rotate: '270' } }, 270],
    [{ tags: { rotate: 'up' } }, 0],
    [{}, 0],
  ] as const)('of %j is %d clockwise', (given, degrees) => {
    expect(rotationOf(given as Parameters<typeof rotationOf>[0])).toBe(degrees);
  });
});

describe('what ffprobe complains of', () => {
  const moov = '[mov,mp4 @ 0x1] moov atom not found\nfile:/a: Invalid data found when processing input';

  it('tells a cut-off mp4 from a text with its name', () => {
    const mp4 = new TextEncoder().encode('\0\0\0 ftypisom');
    expect(probeError({ path: 'a', head: mp4 }, moov).code).toBe('video_truncated');
    expect(probeError({ path: 'a', head: new TextEncoder().encode('hello world') }, moov).code).toBe(
      'not_a_video',
    );
  });

  it('writes a name with a line break in one line', () => {
    expect(probeError({ path: 'a\nb', head: new Uint8Array() }, 'x').message).not.toContain('\n');
  });
});
