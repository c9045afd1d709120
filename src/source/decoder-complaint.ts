/** What decoders and demuxers say of broken data, in the versions from 2018 to now. */
const DAMAGE =
  /error while decoding|Invalid data found|corrupt|concealing|partial file|Truncat|missing picture|Invalid NAL|decode_slice|Error submitting packet|bytestream|non-existing (?:PPS|SPS)/i;

/** Whether a line of ffmpeg's stderr says that the file is damaged. */
export function isDecoderComplaint(line: string): boolean {
  return !/^(?: |(?:Input|Output) #)/.test(line) && DAMAGE.test(line); // these hold the file's name and tags
}
