import { useEffect, useRef, useState } from 'react';
import type { Palette } from '../../src/pipeline/draw/palette.js';
import type { VideoWithJobsBody } from '../../src/delivery/videos/video-shape.js';
import { useTicketed } from '../api/tickets.js';
import { Notice } from '../parts/notice.js';
import { useCaptionTrack } from './caption-track.js';
import { OverlayPainter } from './overlay-painter.js';
import type { Playhead } from './playhead.js';
import type { SeenDrawing } from './seen-drawing.js';
import type { Line } from './video-results.js';
import { playedPath, ProxyOffer } from './video-source.js';

interface PlayerProps {
  readonly video: VideoWithJobsBody;
  readonly playhead: Playhead;
  readonly lines: readonly Line[];
  readonly drawings: readonly SeenDrawing[];
  readonly palette: Palette;
  /** Names that are not drawn. */
  readonly hidden: ReadonlySet<string>;
}

/** The film with its captions as a track, and what was found drawn over it. */
export function Player({ video, playhead, lines, drawings, palette, hidden }: PlayerProps) {
  const path = playedPath(video);
  const source = useTicketed(path ?? '', video.topic);
  const film = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const track = useCaptionTrack(lines);

  useEffect(() => {
    playhead.use(film.current);
    return () => {
      playhead.use(null);
    };
  }, [playhead, source]);

  useEffect(() => {
    const painter = new OverlayPainter(drawings, palette);
    const paint = (): void => {
      if (canvas.current !== null) painter.paint(canvas.current, playhead.seconds, hidden);
    };
    paint();
    const resized = new ResizeObserver(paint);
    if (canvas.current !== null) resized.observe(canvas.current);
    const deaf = playhead.watch(paint);
    return () => {
      deaf();
      resized.disconnect();
    };
  }, [playhead, drawings, palette, hidden]);

  useEffect(
    () => (film.current === null ? undefined : followFilm(film.current, playhead)),
    [playhead, source],
  );

  const ratio = video.width / video.height;
  return (
    <div className="screen">
      <div className="screen-fit" style={{ aspectRatio: ratio, maxWidth: `calc(66dvh * ${ratio})` }}>
        {path === null ? (
          <ProxyOffer video={video} />
        ) : source === null ? null : video.kind === 'picture' ? (
          <img src={source} alt={video.name} style={{ width: '100%', display: 'block' }} />
        ) : (
          <video
            ref={film}
            src={source}
            controls
            playsInline
            preload="auto"
            aria-label={`The video ${video.name}`}
            autoPlay={isPlaying} // with a new ticket it is loaded anew, and goes on
            onPlay={() => {
              setPlaying(true);
            }}
            onPause={() => {
              setPlaying(false);
            }}
            onError={() => {
              setBroken(source);
            }}
          >
            <track key={track} kind="captions" label="What is seen" srcLang="en" src={track} default />
          </video>
        )}
        <canvas ref={canvas} aria-hidden />
      </div>
      {broken !== null && broken === source && (
        <div className="screen-note">
          <Notice tone="warn">
            This browser cannot play {video.container} with {video.codec}. What is seen in it is listed all
            the same.
          </Notice>
        </div>
      )}
    </div>
  );
}

/** Tells the playhead the time of each picture that is on screen, exactly where the browser knows it. */
function followFilm(film: HTMLVideoElement, playhead: Playhead): () => void {
  let handle = 0;
  const onFrame = (_: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
    // A picture that comes while the film is on its way elsewhere is of a place that has been left.
    if (!film.seeking) playhead.tell(mediaTime);
    handle = film.requestVideoFrameCallback(onFrame);
  };
  handle = film.requestVideoFrameCallback(onFrame);
  // A film that stands still shows no new picture when the one at the new time is on screen already.
  const onSeeked = (): void => {
    playhead.tell(film.currentTime);
  };
  film.addEventListener('seeked', onSeeked);
  return () => {
    film.removeEventListener('seeked', onSeeked);
    film.cancelVideoFrameCallback(handle);
  };
}
