import { expect, it } from 'vitest';
import { liveEnd } from '../../../../src/source/live/live-end.js';

it.each([
  ['rtsp://x: Connection refused', 'stream_unreachable', false],
  ['rtsp://x: Server returned 401 Unauthorized (authorization failed)', 'stream_unauthorized', false],
  ['rtsp://x: Server returned 404 Not Found', 'stream_not_found', false],
  ["[hls] Protocol 'file' not on whitelist 'http,tcp'!", 'stream_url_refused', true],
  ['srt://x: Protocol not found', 'stream_not_supported', true],
  ['rtsp://nvr/Streaming/Channels/401: Connection refused', 'stream_unreachable', false],
  ['method DESCRIBE failed: 401 Unauthorized', 'stream_unauthorized', false],
  ['Server returned 403 Forbidden (access denied)', 'stream_unauthorized', false],
  ['something else', 'stream_unreadable', false],
])('takes %j for %s', (said, code, isFinal) => {
  expect(liveEnd(false, said)).toMatchObject({ code, isFinal });
});

it.each(['Connection refused', "Protocol 'file' not on whitelist 'http'!", 'Protocol not found'])(
  'takes any end after pictures for a lost connection: %s',
  (said) => {
    expect(liveEnd(true, said)).toMatchObject({ code: 'stream_lost', isFinal: false });
  },
);
