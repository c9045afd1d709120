import { useEffect, useRef, useState } from 'react';
import { Palette } from '../../src/pipeline/draw/palette.js';
import type { ThingsBody } from '../live/event-bodies.js';
import { pageLink } from '../live/page-link.js';
import { watchStream } from '../live/watch-stream.js';
import { lookOf } from '../videos/look-of.js';
import { OverlayPainter } from '../videos/overlay-painter.js';
import { useOnScreen } from './use-on-screen.js';

export interface LivePictureProps {
  readonly topic: string;
  readonly name: string;
  /** What was found last; drawn over the picture. */
  readonly things: ThingsBody | null;
  readonly isLive: boolean;
  /** Stands where there is no picture. */
  readonly note: string;
  readonly fps: number;
}

/** What a camera sees now, with what was found in it last. */
export function LivePicture({ topic, name, things, isLive, note, fps }: LivePictureProps) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const [palette] = useState(() => new Palette());
  const [ratio, setRatio] = useState<number | null>(null);
  const isSeen = ratio !== null;

  const isOnScreen = useOnScreen(place);
  useEffect(() => {
    if (!isOnScreen) return undefined;
    return watchStream(pageLink, topic, fps, (picture) => {
      const target = canvas.current;
      if (target === null) return;
      if (target.width !== picture.width) target.width = picture.width;
      if (target.height !== picture.height) target.height = picture.height;
      target.getContext('2d')?.drawImage(picture, 0, 0);
      setRatio(picture.width / picture.height);
    });
  }, [topic, fps, isOnScreen]);
  useEffect(() => {
    const target = overlay.current;
    if (target === null) return undefined;
    const looks = things === null ? [] : [lookOf(things)];
    const painter = new OverlayPainter([{ looks, words: [] }], palette);
    const paint = (): void => {
      painter.paint(target, things?.seconds ?? 0, new Set());
    };
    paint();
    const resized = new ResizeObserver(paint);
    resized.observe(target);
    return () => {
      resized.disconnect();
    };
  }, [things, palette, isSeen]);
  return (
    <div className="seen" ref={place}>
      <div className="fit" style={{ aspectRatio: ratio ?? 16 / 9 }}>
        <canvas ref={canvas} role="img" aria-label={`What ${name} sees now`} />
        <canvas ref={overlay} aria-hidden />
      </div>
      {!isLive && <div className={isSeen ? 'none over' : 'none'}>{note}</div>}
    </div>
  );
}
