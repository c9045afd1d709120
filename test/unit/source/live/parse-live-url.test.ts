import { describe, expect, it } from 'vitest';
import { parseLiveUrl } from '../../../../src/source/live/parse-live-url.js';

const place = (url: string) => parseLiveUrl({ url }).place;

describe('parseLiveUrl', () => {
  it.each([
    ['rtsp://cam:554/a', 'rtsp'],
    ['rtsps://cam/a', 'rtsp'],
    ['rtmp://cam/live/x', 'rtmp'],
    ['http://cam/video.M3U8?t=1', 'hls'],
    ['https://cam/video', 'mjpeg'],
    ['udp://@239.0.0.1:1234', 'udp'],
    ['srt://cam:9000?mode=caller', 'srt'],
    ['file:///videos/a.mp4', 'file'],
    ['v4l2:///dev/video0', 'v4l2'],
    ['avfoundation:0', 'avfoundation'],
    ['dshow:video=Integrated Camera', 'dshow'],
  ])('knows what %s is', (url, kind) => {
    expect(parseLiveUrl({ url }).kind).toBe(kind);
  });

  it('lets HTTP be told from its path by the format that is named', () => {
    expect(parseLiveUrl({ url: 'http://cam/x', format: 'hls' }).kind).toBe('hls');
    expect(parseLiveUrl({ url: 'http://cam/x.m3u8', format: 'mpegts' }).kind).toBe('http-mpegts');
  });

  it('names whom it will connect to', () => {
    expect(place('rtsp://a:b@CAM.example:8554/x')).toEqual({
      kind: 'network',
      scheme: 'rtsp',
      host: 'cam.example',
      port: 8554,
    });
    expect(place('http://[::1]/x')).toMatchObject({ host: '::1', port: null });
  });

  it('shows neither credentials nor query', () => {
    const target = parseLiveUrl({ url: 'rtsp://admin:p%40ss@cam/x?token=tok123' });
    expect(target.shownUrl).toBe('rtsp://cam/x?***');
    expect(target.secrets).toEqual(expect.arrayContaining(['admin', 'p%40ss', 'p@ss', 'tok123']));
    expect(target.input).toContain('p%40ss');
  });

  it.each([
    'ftp://cam/x',
    'concat:/etc/passwd',
    'rtsp:///x',
    'rtsp://cam/x y',
    'rtsp://cam\\@evil/x',
    // An older ffmpeg reads the host behind the @ here.
    'rtsp://cam#@evil/x',
    'rtmp://cam/x\nplaypath=y',
    '-i',
    'v4l2:///etc/passwd',
    'v4l2:///dev/../etc/passwd',
    'dshow:a:audio=b',
    `rtsp://cam/${'x'.repeat(3000)}`,
  ])('refuses %s', (url) => {
    expect(() => parseLiveUrl({ url })).toThrow(expect.objectContaining({ code: 'bad_stream_url' }) as Error);
  });

  it('does not quote an address that may hold a password', () => {
    expect(() => parseLiveUrl({ url: 'nope://admin:hunter2@cam/x' })).toThrow(/^(?!.*hunter2)/);
  });
});
