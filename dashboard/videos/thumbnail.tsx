import { useTicketed } from '../api/tickets.js';

interface ThumbnailProps {
  readonly path: string;
  readonly topic: string;
  readonly seconds: number;
}

/** A picture out of a film, as the browser finds it. */
export function Thumbnail({ path, topic, seconds }: ThumbnailProps) {
  const source = useTicketed(`${path}#t=${seconds}`, topic);
  if (source === null) return null;
  return <video src={source} muted playsInline preload="metadata" tabIndex={-1} aria-hidden />;
}
