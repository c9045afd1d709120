/** How a live source is read. */
export type LiveKind =
  | 'rtsp'
  | 'rtmp'
  | 'hls'
  | 'mjpeg'
  | 'http-mpegts'
  | 'udp'
  | 'srt'
  | 'file'
  | 'v4l2'
  | 'avfoundation'
  | 'dshow';

/** A live source whose address has been understood. */
export interface LiveTarget {
  readonly kind: LiveKind;
  /** What ffmpeg is given after `-i`. Holds credentials. */
  readonly input: string;
  /** Over TLS. */
  readonly isSecure: boolean;
  readonly rtspTransport: 'tcp' | 'udp';
  readonly loop: boolean;
  /** The first bytes of a file that was looked at and is no still picture. */
  readonly head?: Uint8Array | undefined;
  /** The address without credentials and query, for people. */
  readonly shownUrl: string;
  /** Who is connected to; `path` for files and devices. */
  readonly place: LivePlace;
  /** Texts that must not be shown: passwords, users, tokens. */
  readonly secrets: readonly string[];
}

/** What a policy decides by. */
export type LivePlace =
  /** `host` without brackets, lower case; `port` null for the scheme's own. */
  | { readonly kind: 'network'; readonly scheme: string; readonly host: string; readonly port: number | null }
  /** An absolute path. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'device'; readonly scheme: string; readonly name: string };
