import type { LocalFile } from './local-file.js';

/** Something wrong with a file that can be read all the same. Codes are stable. */
export interface SourceWarning {
  readonly code: 'video_truncated' | 'video_damaged' | 'hdr_not_mapped';
  readonly message: string;
}

/** What is known of a video before its frames are read. */
export interface VideoInfo {
  readonly file: LocalFile;
  /** A still picture is a video of one frame. */
  readonly kind: 'video' | 'picture';
  /** ffmpeg's name of the demuxer, `mov,mp4,m4a,3gp,3g2,mj2`; `png` and the like for pictures. */
  readonly container: string;
  readonly codec: string;
  /** ffmpeg's number of the stream that is read: the first picture stream that is not a cover. */
  readonly streamIndex: number;
  /** As displayed: after rotation. */
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** Clockwise turn from the stored to the displayed picture. */
  readonly rotationDegrees: 0 | 90 | 180 | 270;
  /** The average; undefined where the file does not say. */
  readonly framesPerSecond: number | undefined;
  /** As the header claims; the timeline tells the truth. */
  readonly frameCount: number | undefined;
  readonly durationSeconds: number;
  /** True where the container has no duration and it was worked out from size and bit rate, or not at all. */
  readonly durationIsEstimated: boolean;
  /** The container's timestamp that counts as 0 seconds. */
  readonly zeroSeconds: number;
  /** Transfer function of PQ or HLG: the picture needs tone mapping. */
  readonly isHdr: boolean;
  /** `bt709`, `smpte170m`, ...; undefined where the file does not say. */
  readonly colorSpace: string | undefined;
  readonly hasAudio: boolean;
  /** `yuv420p`, ...; undefined where ffprobe does not say, and for pictures. */
  readonly pixelFormat: string | undefined;
  /** Of the first sound; undefined without one. */
  readonly audioCodec: string | undefined;
}
