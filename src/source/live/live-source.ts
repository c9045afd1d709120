/** A live source as the user names it. */
export interface LiveSource {
  /** May hold credentials: show `shownUrl` only. */
  readonly url: string;
  /** RTSP: how the pictures travel; `tcp` by default. */
  readonly rtspTransport?: 'tcp' | 'udp' | undefined;
  /** HTTP: what is there; by default `hls` for a path that ends in `.m3u8`, else `mjpeg`. */
  readonly format?: 'hls' | 'mjpeg' | 'mpegts' | undefined;
  /** Tells a file to begin again at its end; true by default. Others end `ended` only when they are stopped. */
  readonly loop?: boolean | undefined;
  /** Gives up after so many attempts in a row without a frame; null (the default) never does. */
  readonly maxAttempts?: number | null | undefined;
}
