import { fileURLToPath } from 'node:url';
import { RequestError } from '../../shared/errors.js';
import type { LiveSource } from './live-source.js';
import type { LiveKind, LiveTarget } from './live-target.js';
import { parseDevice } from './parse-device.js';

/** Longer ones are not typed by anybody, and command lines end somewhere. */
const MAX_LETTERS = 2048;
const SECURE = new Set(['rtsps', 'rtmps', 'https']);

/**
 * Understands the address of a live source.
 *
 * What ffmpeg gets is written anew from the parsed address, so that both read the same host in it.
 * @throws RequestError `bad_stream_url`, which does not quote the address: it may hold a password
 */
export function parseLiveUrl(source: LiveSource): LiveTarget {
  const { url: text, rtspTransport = 'tcp', loop = true } = source;
  if (text.length > MAX_LETTERS) throw bad(`has ${text.length} letters: give at most ${MAX_LETTERS}`);
  const device = parseDevice(text);
  if (device !== undefined) return device;
  // White space and the rest of control characters mean something to some of ffmpeg's protocols.
  if (/[\s\p{Cc}\\]/u.test(text))
    throw bad('holds a space, a backslash or a control character: encode it as %20 and the like');
  if (text.includes('#')) throw bad('holds a "#": encode it as %23');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw bad('is no URL: give one like rtsp://camera.example/stream');
  }
  const scheme = url.protocol.slice(0, -1);
  const base = { isSecure: SECURE.has(scheme), rtspTransport, loop };
  if (scheme === 'file') {
    const path = pathOf(url);
    // ffmpeg takes everything after `file:` as it stands.
    return {
      ...base,
      kind: 'file',
      input: `file:${path}`,
      shownUrl: `file://${path}`,
      place: { kind: 'file', path },
      secrets: [],
    };
  }
  const kind = kindOf(scheme, url, source.format);
  if (kind === undefined) {
    throw bad(
      `has the scheme ${JSON.stringify(scheme.slice(0, 20))}: give rtsp, rtsps, rtmp, rtmps, http, https, udp, srt, file, v4l2, avfoundation or dshow`,
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === '') throw bad('names no host');
  const port = url.port === '' ? null : Number(url.port);
  return {
    ...base,
    kind,
    input: url.href,
    shownUrl: `${scheme}://${url.host}${url.pathname}${url.search === '' ? '' : '?***'}`,
    place: { kind: 'network', scheme, host, port },
    secrets: secretsOf(url),
  };
}

function kindOf(scheme: string, url: URL, format: LiveSource['format']): LiveKind | undefined {
  switch (scheme) {
    case 'rtsp':
    case 'rtsps':
      return 'rtsp';
    case 'rtmp':
    case 'rtmps':
      return 'rtmp';
    case 'http':
    case 'https':
      if (format === 'mpegts') return 'http-mpegts';
      return format ?? (url.pathname.toLowerCase().endsWith('.m3u8') ? 'hls' : 'mjpeg');
    case 'udp':
    case 'srt':
      return scheme;
    default:
      return undefined;
  }
}

function pathOf(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw bad('names no file of this machine: give one like file:///videos/street.mp4');
  }
}

/** As they are written in the address, and as they are meant. */
function secretsOf(url: URL): string[] {
  const written = [url.username, url.password, url.search.slice(1), ...url.searchParams.values()];
  return [...new Set(written.flatMap((secret) => [secret, decoded(secret)]))].filter(
    (secret) => secret !== '',
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bad(why: string): RequestError {
  return new RequestError('bad_stream_url', `the address of the stream ${why}`);
}
