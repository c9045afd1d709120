import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { useTicketed } from '../api/tickets.js';

interface ServerPictureProps {
  /** Null where there is none. */
  readonly path: string | null;
  readonly topic: string;
}

/** A picture of a moment, while the server keeps it. */
export function ServerPicture({ path, topic }: ServerPictureProps) {
  /** Its address with the ticket: with another one it may be there. */
  const [missing, setMissing] = useState<string | null>(null);
  const source = useTicketed(path ?? '', topic);
  if (path === null || source === null || missing === source) return <ImageOff size={22} aria-hidden />;
  return (
    <img
      src={source}
      alt=""
      loading="lazy"
      onError={() => {
        setMissing(source);
      }}
    />
  );
}
