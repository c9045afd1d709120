/** Limits on what a foreign file may ask of this machine. */
export const VIDEO_LIMITS = {
  /** Four times 8K: a decoder holds about 16 frames, so beyond it one file takes gigabytes. */
  maxPixels: 4 * 7680 * 4320,
  /**
   * Memory that one ffmpeg may write to, where the system can limit it: 16 frames of 8K at 10 bits and 4:2:0 take
   * 1.6 GB.
   */
  maxMemoryBytes: 4 * 2 ** 30,
  /** The largest side H.264 and HEVC levels reach, rounded up. */
  maxSide: 32_768,
  /** A day at 120 frames a second; each costs 9 bytes while the file is read. */
  maxFrames: 24 * 3600 * 120,
  /** Metadata of a real file is some kilobytes; ffprobe's answer is held whole. */
  maxProbeBytes: 8 * 1024 * 1024,
  /** Opening a file reads a few megabytes; a minute covers a slow disk. */
  probeTimeoutMs: 60_000,
  /** ffmpeg without a sign of life for this long hangs. */
  stallTimeoutMs: 60_000,
} as const;
