import type { TakenVideoBody } from '../../src/delivery/videos/video-shape.js';
import { jsonIn } from '../api/json-in.js';
import { refusalIn } from './refusal-in.js';

export const CUT_OFF = 'The upload was cut off: resume it when the server is back.';

export interface SentUpload {
  /** Where its parts went. */
  readonly url: string | null;
  readonly bytes: number;
  readonly key: string | null;
}

/**
 * The id of the video that an upload has become.
 * @param body the last answer: the video; or empty, when the last part's was lost and its offset alone was asked for
 * @throws Error with a sentence for people
 */
export async function takenVideo(body: string, sent: SentUpload): Promise<string> {
  const told = body === '' ? await askAgain(sent) : body;
  const video = idIn(told);
  if (video === null) throw new Error(refusalIn(told) ?? CUT_OFF);
  return video;
}

/** An empty part at the end is answered as the last one was, be it that the file is still looked at. */
async function askAgain({ url, bytes, key }: SentUpload): Promise<string> {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': String(bytes),
    'content-type': 'application/offset+octet-stream',
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
  try {
    const response = await fetch(url ?? '', { method: 'PATCH', headers });
    return await response.text();
  } catch {
    return ''; // no answer came
  }
}

function idIn(body: string): string | null {
  const { id } = (jsonIn(body) ?? {}) as Partial<TakenVideoBody>;
  return id ?? null;
}
