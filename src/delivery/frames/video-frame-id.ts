/** What a video shows at a time. */
export interface VideoMoment {
  readonly video: string;
  readonly seconds: number;
}

const ID = /^([\w-]{1,64})@(\d{1,12})$/;

/** The name of the frame of a video at a time: it says which frame it is, as it is made when it is first asked for. */
export function videoFrameId({ video, seconds }: VideoMoment): string {
  return `${video}@${Math.round(seconds * 1e6)}`;
}

/** Null for the name of another frame. */
export function parseVideoFrameId(id: string): VideoMoment | null {
  const [, video, microseconds] = ID.exec(id) ?? [];
  return video === undefined ? null : { video, seconds: Number(microseconds) / 1e6 };
}
