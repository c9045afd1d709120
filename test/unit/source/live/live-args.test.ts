import { describe, expect, it } from 'vitest';
import { type LiveArgs, liveArgs } from '../../../../src/source/live/live-args.js';
import { FRAME_SHOWINFO, PICTURE_SHOWINFO } from '../../../../src/source/live/live-graph.js';
import type { LiveSource } from '../../../../src/source/live/live-source.js';
import { parseLiveUrl } from '../../../../src/source/live/parse-live-url.js';

function args(source: LiveSource, more: Partial<LiveArgs> = {}) {
  return liveArgs({
    target: parseLiveUrl(source),
    ...{ size: 224, framesPerSecond: 5, fromSeconds: 0, httpProxy: null },
    program: { version: '5.1', year: 2022 },
    ...more,
  });
}

const after = (list: readonly string[], option: string) => list[list.indexOf(option) + 1];

describe('liveArgs', () => {
  it.each([
    ['rtsp://cam/x', 'rtp,udp,tcp', 'rtsp'],
    ['rtsps://cam/x', 'rtp,udp,tcp,tls', 'rtsp'],
    ['rtmp://cam/x', 'rtmp,rtmps,tcp', 'flv,live_flv'],
    ['http://cam/x', 'http,tcp', 'mpjpeg'],
    ['udp://127.0.0.1:1', 'udp', 'mpegts'],
    ['srt://cam:1', 'srt', 'mpegts'],
  ])('opens %s with its own protocols and containers only', (url, protocols, formats) => {
    const { inputOptions } = args({ url });
    expect(after(inputOptions, '-protocol_whitelist')).toBe(protocols);
    expect(after(inputOptions, '-format_whitelist')).toBe(formats);
  });

  it('never lets a playlist reach files, and no network source', () => {
    for (const url of [
      'http://cam/a.m3u8',
      'rtsp://cam/x',
      'rtmp://cam/x',
      'http://cam/x',
      'udp://h:1',
      'srt://h:1',
    ]) {
      const protocols = after(args({ url }).inputOptions, '-protocol_whitelist')?.split(',');
      for (const forbidden of ['file', 'concat', 'data', 'subfile', 'pipe', 'unix', 'gopher', 'ftp']) {
        expect(protocols).not.toContain(forbidden);
      }
    }
  });

  it('opens a file as a file, again and again', () => {
    const { input, inputOptions } = args({ url: 'file:///a%20b.mp4' });
    expect(input).toBe('file:/a b.mp4');
    expect(after(inputOptions, '-protocol_whitelist')).toBe('file');
    expect(after(inputOptions, '-stream_loop')).toBe('-1');
    expect(args({ url: 'file:///a.mp4', loop: false }).inputOptions).not.toContain('-stream_loop');
  });

  it('names a Motion JPEG file to ffmpeg, as it does where one is uploaded', () => {
    const source = { url: 'file:///a.mjpeg' };
    const target = { ...parseLiveUrl(source), head: Uint8Array.of(0xff, 0xd8, 0xff, 0xdb) };
    const { inputOptions } = args(source, { target });
    expect(after(inputOptions, '-f')).toBe('mjpeg');
    expect(after(inputOptions, '-protocol_whitelist')).toBe('file');
    expect(args(source).inputOptions).not.toContain('-f');
  });

  it('begins a file where it is told', () => {
    const once = { url: 'file:///a.mp4', loop: false };
    expect(args(once).inputOptions).not.toContain('-ss');
    expect(after(args(once, { fromSeconds: 90.5 }).inputOptions, '-ss')).toBe('90.500000');
  });

  it('reads RTSP as it is told', () => {
    expect(after(args({ url: 'rtsp://cam/x' }).inputOptions, '-rtsp_transport')).toBe('tcp');
    expect(after(args({ url: 'rtsp://cam/x', rtspTransport: 'udp' }).inputOptions, '-rtsp_transport')).toBe(
      'udp',
    );
  });

  it('thins the frames before it scales them', () => {
    const filters = after(args({ url: 'rtsp://cam/x' }).outputOptions, '-filter_complex') ?? '';
    expect(filters).toMatch(
      /;\[a\]select='.*gte\(abs\(t-prev_selected_t\),0\.1960\)',settb=1\/1000000,showinfo,scale/,
    );
    expect(filters).toContain('scale=224:224');
  });

  it('gives both outputs from one graph, whose showinfo are where they are looked for', () => {
    const { outputOptions, second } = args({ url: 'rtsp://cam/x' });
    expect(after(outputOptions, '-map')).toBe('[frames]');
    expect(after(second?.outputOptions ?? [], '-map')).toBe('[pictures]');
    const all = [...outputOptions, ...(second?.outputOptions ?? [])];
    expect(all.filter((option) => option.startsWith('-filter'))).toEqual(['-filter_complex']);
    const filters = (after(outputOptions, '-filter_complex') ?? '')
      .replaceAll(/'[^']*'/g, '')
      .split(/[,;]/)
      .map((filter) => filter.replaceAll(/\[\w+\]|\[[\d:v]+\]|=.*/g, ''));
    expect(filters.flatMap((filter, place) => (filter === 'showinfo' ? [place] : []))).toEqual([
      FRAME_SHOWINFO,
      PICTURE_SHOWINFO,
    ]);
  });
});
