import type { StoredVideo } from '../../store/stored-video.js';

/** Media types by ffmpeg's name of the container; what is not here may only be downloaded. */
const TYPES: Readonly<Record<string, string>> = {
  'mov,mp4,m4a,3gp,3g2,mj2': 'video/mp4',
  avi: 'video/x-msvideo',
  flv: 'video/x-flv',
  mpegts: 'video/mp2t',
  mpeg: 'video/mpeg',
  ogg: 'video/ogg',
  gif: 'image/gif',
  apng: 'image/apng',
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
};

/** WebM is the part of Matroska with these. */
const WEBM = new Set(['vp8', 'vp9', 'av1']);

/** How a video's file is announced: by what was found in it, never by its name. */
export function mediaType({ container, codec }: Pick<StoredVideo, 'container' | 'codec'>): string {
  if (container === 'matroska,webm') return WEBM.has(codec) ? 'video/webm' : 'video/x-matroska';
  return TYPES[container] ?? 'application/octet-stream';
}
