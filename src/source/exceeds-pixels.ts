/** Whether ffmpeg's complaint is that a frame has more pixels than `-max_pixels` lets through. */
export function exceedsPixels(stderr: string): boolean {
  return stderr.includes('exceeds specified max pixel count');
}
