/**
 * A program that reads a video and ends in a way its arguments say. It prints the pid of its ffmpeg.
 *
 * Arguments: the video, `wait`, `throw`, `exit` or `read`, the ffmpeg to use.
 */
import { findFfmpeg } from '../../../src/source/find-ffmpeg.js';
import { probeVideo } from '../../../src/source/probe-video.js';
import { readFrames } from '../../../src/source/read-frames.js';
import { readTimeline } from '../../../src/source/read-timeline.js';

const [path = '', end = '', ffmpegPath] = process.argv.slice(2);
const tools = await findFfmpeg({ ffmpegPath, path: '' });
const video = await probeVideo(path, tools);
const timeline = await readTimeline(video, tools);
let pid = 0;
for await (const frame of readFrames(video, timeline, tools, {
  size: 224,
  onStart: (started) => (pid = started),
})) {
  if (frame.index !== 2) continue;
  console.log(pid);
  if (end === 'exit') process.exit(3);
  if (end === 'throw') {
    setImmediate(() => {
      throw new Error('on purpose');
    });
  }
  // Whoever started this ends it now; ffmpeg waits with a full pipe meanwhile.
  if (end !== 'read') await new Promise((resolve) => setTimeout(resolve, 60_000));
}
