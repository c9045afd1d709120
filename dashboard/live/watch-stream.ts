import type { LiveLink } from './live-link.js';
import { pictureOf } from './picture-of.js';

/**
 * Shows what a camera sees, over the page's link, until it is taken back. One picture is decoded at a time; those that
 * come meanwhile are passed over but for the newest.
 */
export function watchStream(
  link: LiveLink,
  topic: string,
  fps: number,
  show: (picture: ImageBitmap) => void,
): () => void {
  let newest: string | null = null;
  let isDecoding = false;
  const over = new AbortController();
  const isOver = (): boolean => over.signal.aborted;
  const decode = async (): Promise<void> => {
    isDecoding = true;
    while (newest !== null && !isOver()) {
      const jpeg: string = newest;
      newest = null;
      const picture = await pictureOf(jpeg).catch(() => null); // one that is broken is passed over
      if (picture !== null && !isOver()) show(picture);
      picture?.close();
    }
    isDecoding = false;
  };
  const deaf = link.listen({
    message: (message) => {
      if (message.type !== 'picture' || message.topic !== topic) return;
      newest = message.jpeg;
      if (!isDecoding) void decode();
    },
    opened: () => {
      link.send({ type: 'watch', topic, fps });
    },
    lost: () => undefined,
  });
  return () => {
    over.abort();
    deaf();
    link.send({ type: 'unwatch', topic });
  };
}
