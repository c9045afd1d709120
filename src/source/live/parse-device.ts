import { RequestError } from '../../shared/errors.js';
import type { LiveTarget } from './live-target.js';

/** A colon would begin a second device, the one for sound. */
const NAME = /^[^\p{Cc}:]{1,200}$/u;
const VIDEO4LINUX = /^\/dev\/(?:v4l\/by-(?:id|path)\/)?[\w.:-]+$/;

/**
 * Understands the address of a capture device: `v4l2:///dev/video0`, `avfoundation:0`, `dshow:Integrated Camera`.
 *
 * @returns undefined for any other address
 * @throws RequestError `bad_stream_url`
 */
export function parseDevice(text: string): LiveTarget | undefined {
  const [, scheme = '', written = ''] = /^(v4l2|avfoundation|dshow):(?:\/\/)?(.*)$/su.exec(text) ?? [];
  if (scheme === 'v4l2') {
    if (!VIDEO4LINUX.test(written) || written.includes('..')) {
      throw bad('names no device: give one like v4l2:///dev/video0');
    }
    return device('v4l2', written, written);
  }
  if (scheme !== 'avfoundation' && scheme !== 'dshow') return undefined;
  const name = decoded(written).replace(/^video=/, '');
  if (!NAME.test(name)) throw bad(`names no device: give one like ${scheme}:Camera`);
  return scheme === 'dshow'
    ? device('dshow', name, `video=${name}`)
    : device('avfoundation', name, `${name}:none`);
}

function device(kind: 'v4l2' | 'avfoundation' | 'dshow', name: string, input: string): LiveTarget {
  return {
    kind,
    input,
    isSecure: false,
    rtspTransport: 'tcp',
    loop: false,
    shownUrl: kind === 'v4l2' ? `v4l2://${name}` : `${kind}:${name}`,
    place: { kind: 'device', scheme: kind, name },
    secrets: [],
  };
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
