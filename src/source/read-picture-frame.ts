import type { Frame } from '../shared/frame.js';
import { frameKeys } from './frame-keys.js';
import { readPicture } from './picture.js';
import type { VideoInfo } from './video-info.js';

/**
 * The one frame of a still picture, at 0 seconds.
 * @throws RequestError as readPicture
 */
export async function readPictureFrame(video: VideoInfo, size: number): Promise<Frame> {
  const pixels = await readPicture(video.file.path, size);
  return { key: frameKeys(video.file, size)(0), index: 0, timestampSeconds: 0, pixels };
}
