import { RequestError } from '../../shared/errors.js';

/** Where a picture or a video of a request is. */
export type MediaAddress =
  | { readonly kind: 'data'; readonly bytes: Buffer }
  /** One that was uploaded. */
  | { readonly kind: 'upload'; readonly id: string }
  | { readonly kind: 'web'; readonly url: string };

const UPLOAD = /^(?:palistream:\/\/videos\/|\/v1\/videos\/)([\w-]{1,64})$/;
const DATA_HEAD = /^data:[\w.+/-]*(?:;[\w.+-]+=[^;,]*)*(;base64)?,/i;
const MAX_SHOWN = 80;

/**
 * Reads the address of a picture or a video; data URLs are decoded. What a data URL says of its type is not believed:
 * the bytes tell.
 * @throws RequestError `bad_media_url`
 */
export function mediaAddress(url: string): MediaAddress {
  const upload = UPLOAD.exec(url)?.[1];
  if (upload !== undefined) return { kind: 'upload', id: upload };
  if (/^data:/i.test(url)) return { kind: 'data', bytes: dataOf(url) };
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return { kind: 'web', url };
  throw bad(
    url,
    'is no address of a picture or video: give a data: URL, palistream://videos/ID, or http(s)://',
  );
}

function dataOf(url: string): Buffer {
  const head = DATA_HEAD.exec(url.slice(0, 1000));
  if (head?.[1] === undefined) throw bad(url, 'is no data URL in base64: write data:image/png;base64,...');
  const text = url.slice(head[0].length);
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (bytes.length === 0) throw bad(url, 'has no data: put base64 behind the comma');
  // Node passes over what is not base64: then fewer bytes come out than letters went in.
  const letters = text.length - padding;
  if (letters % 4 === 1 || bytes.length !== Math.floor((letters * 3) / 4)) {
    throw bad(url, 'is not base64 behind the comma');
  }
  return bytes;
}

function bad(url: string, what: string): RequestError {
  const shown = url.length > MAX_SHOWN ? `${url.slice(0, MAX_SHOWN)}...` : url;
  return new RequestError('bad_media_url', `${JSON.stringify(shown)} ${what}`);
}
