interface ThumbnailProps {
  readonly video: string;
  readonly seconds: number;
}

/** A picture out of a video. */
export function Thumbnail({ video, seconds }: ThumbnailProps) {
  return (
    <video
      src={`/v1/videos/${video}/media#t=${seconds}`}
      muted
      playsInline
      preload="metadata"
      tabIndex={-1}
      aria-hidden
    />
  );
}
