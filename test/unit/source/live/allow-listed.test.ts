import { describe, expect, it } from 'vitest';
import { allowListed } from '../../../../src/source/live/allow-listed.js';
import { parseLiveUrl } from '../../../../src/source/live/parse-live-url.js';

function isAllowed(entries: readonly string[], url: string): boolean {
  try {
    void allowListed(entries)(parseLiveUrl({ url }).place);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'stream_url_refused' });
    return false;
  }
}

describe('allowListed', () => {
  it('allows nothing by default', () => {
    expect(isAllowed([], 'rtsp://192.168.1.2/x')).toBe(false);
    expect(isAllowed([], 'file:///x.mp4')).toBe(false);
    expect(isAllowed([], 'v4l2:///dev/video0')).toBe(false);
  });

  it.each([
    ['cam.example', 'rtsp://cam.example:8554/x', true],
    ['cam.example', 'rtsp://cam.example.evil/x', false],
    ['cam.example:554', 'rtsp://cam.example:555/x', false],
    ['cam.example:554', 'rtsp://cam.example:554/x', true],
    ['cam.example:554', 'rtsp://cam.example/x', true],
    ['cam.example:80', 'http://cam.example:80/x', true],
    ['cam.example:8080', 'http://cam.example/x', false],
    ['*.cams.example', 'http://a.cams.example/x', true],
    ['*.cams.example', 'http://evilcams.example/x', false],
    ['192.168.1.0/24', 'rtsp://192.168.1.77/x', true],
    ['192.168.1.0/24', 'rtsp://192.168.2.77/x', false],
    // A name may resolve to anything.
    ['192.168.1.0/24', 'rtsp://name-of-192.168.1.77/x', false],
    ['127.0.0.1', 'http://2130706433/x', true], // the URL itself is written anew
    ['10.0.0.0/8', 'http://0x0a.1/x', true],
    ['fd00::/8', 'rtsp://[fd00::5]/x', true],
    ['[::1]:554', 'rtsp://[::1]:554/x', true],
    ['file:///videos', 'file:///videos/a.mp4', true],
    ['file:///videos', 'file:///videos/../etc/passwd', false],
    ['file:///videos', 'file:///videos2/a.mp4', false],
    ['v4l2:///dev/video0', 'v4l2:///dev/video0', true],
    ['v4l2:///dev/video0', 'v4l2:///dev/video1', false],
    ['dshow:*', 'dshow:Camera', true],
  ])('with %s, asked for %s, says %s', (entry, url, allowed) => {
    expect(isAllowed([entry], url)).toBe(allowed);
  });

  it.each(['http://cam/', '1.2.3.4/99', 'a b', ''])('refuses the entry %j', (entry) => {
    expect(() => allowListed([entry])).toThrow(
      expect.objectContaining({ code: 'bad_stream_allow' }) as Error,
    );
  });
});
