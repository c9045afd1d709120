import type { VideoInfo } from './video-info.js';

/** What decides how decoded pictures become RGB bytes. */
export interface FilterPlan {
  readonly video: Pick<VideoInfo, 'widthPixels' | 'heightPixels' | 'colorSpace'>;
  /** Chooses frames by their time; undefined lets all through. */
  readonly select: string | undefined;
  /** The size of the frames that come out. */
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** Whether to map PQ or HLG light to an ordinary screen. */
  readonly toneMap: boolean;
}

/** From 720 rows on, players take untagged video as BT.709, below as BT.601. */
const HD_ROWS = 720;

/**
 * Bicubic as PIL has it: the cubic with a = -0.5, which swscale calls B = 0, C = 0.5, widened when the
 * picture gets smaller (antialias); exact rounding, and colour at full resolution on both sides.
 */
const SCALE_FLAGS = 'flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp:param0=0:param1=0.5';

/**
 * Light in linear nits, mapped by Hable's curve to BT.709: rough, but skin is skin and sky is sky. It runs
 * on the small picture, where it costs nothing.
 */
const TONE_MAP =
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv444p';

/**
 * swscale takes RGB through YUV while it scales. The frame still has the tags of its source, which it would
 * obey on one side only: so the way there and back are named.
 */
const SAME_MATRIX = 'in_color_matrix=bt601:out_color_matrix=bt601';

/** Microseconds: showinfo's timestamps come in whole numbers of them. */
const TIME_BASE = 'settb=1/1000000';

/**
 * The one filter chain of a reading: choose, squash to size, RGB, tell the time.
 *
 * Rotation is ffmpeg's own (`-autorotate`, on by default), which puts its filters before these.
 */
export function filterChain(plan: FilterPlan): string {
  const { select } = plan;
  return [
    ...(select === undefined ? [] : [`select='${select}'`]),
    ...(plan.toneMap ? mapLight(plan) : toRgb(plan)),
    TIME_BASE,
    'showinfo',
  ].join(',');
}

/**
 * First to RGB at the source's size, then to the model's: as one step, colour would be scaled from half
 * size past its own edges, and strong edges came out wrong by up to 170 of 255 instead of 30.
 */
function toRgb({ video, widthPixels, heightPixels }: FilterPlan): string[] {
  const isUntaggedHd =
    video.colorSpace === undefined && Math.min(video.widthPixels, video.heightPixels) >= HD_ROWS;
  const matrix = isUntaggedHd ? ':in_color_matrix=bt709' : '';
  const rgb = [`scale=${video.widthPixels}:${video.heightPixels}:${SCALE_FLAGS}${matrix}`, 'format=rgb24'];
  const isNative = widthPixels === video.widthPixels && heightPixels === video.heightPixels;
  return isNative
    ? rgb
    : [...rgb, `scale=${widthPixels}:${heightPixels}:${SCALE_FLAGS}:${SAME_MATRIX}`, 'format=rgb24'];
}

/** To size first, since the mapping is done in floating point. */
function mapLight({ widthPixels, heightPixels }: FilterPlan): string[] {
  return [
    `scale=${widthPixels}:${heightPixels}:${SCALE_FLAGS}`,
    'format=yuv444p10le',
    TONE_MAP,
    'scale=in_color_matrix=bt709',
    'format=rgb24',
  ];
}
