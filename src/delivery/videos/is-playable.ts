import type { StoredVideo } from '../../store/stored-video.js';

/** What Chromium, Firefox and Safari all show, by ffmpeg's name of the container. */
const PLAYABLE: Readonly<
  Record<string, { readonly video: readonly string[]; readonly sound: readonly string[] }>
> = {
  'mov,mp4,m4a,3gp,3g2,mj2': { video: ['h264', 'vp9', 'av1'], sound: ['aac', 'mp3', 'opus', 'flac'] },
  'matroska,webm': { video: ['vp8', 'vp9', 'av1'], sound: ['opus', 'vorbis'] },
};
/** Browsers read H.264 with 8 bits and 4:2:0 only. */
const H264_FORMATS = new Set(['yuv420p', 'yuvj420p']);

/** Whether a browser shows the file as it is: a video in `<video>`, a picture in `<img>`. */
export function isPlayable(
  video: Pick<StoredVideo, 'kind' | 'container' | 'codec' | 'pixelFormat' | 'audioCodec'>,
): boolean {
  const { kind, container, codec, pixelFormat, audioCodec } = video;
  if (kind === 'picture') return true;
  const known = PLAYABLE[container];
  if (known?.video.includes(codec) !== true) return false;
  if (audioCodec !== null && !known.sound.includes(audioCodec)) return false;
  return codec !== 'h264' || pixelFormat === null || H264_FORMATS.has(pixelFormat);
}
