import type { FfmpegTools } from '../../source/ffmpeg-program.js';
import { probeVideo } from '../../source/probe-video.js';
import { readFullPicture } from '../../source/read-full-picture.js';
import { momentJpeg } from '../moment-jpeg.js';

/**
 * What a video shows at a time, as the small JPEG that is kept of a moment.
 * @throws RequestError of `probeVideo` and `readFullPicture`
 */
export async function videoMoment(path: string, atSeconds: number, tools: FfmpegTools): Promise<Buffer> {
  const { data, dims } = await readFullPicture(await probeVideo(path, tools), atSeconds, tools);
  const [heightPixels, widthPixels] = dims;
  return momentJpeg({ data, widthPixels, heightPixels });
}
