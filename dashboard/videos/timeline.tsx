import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { shortTime } from '../../src/delivery/subtitles/timecode.js';
import { askRange, type AskSpan } from './ask-range.js';
import { lineAt } from './line-at.js';
import type { Playhead } from './playhead.js';
import { useLineAt } from './use-line-at.js';
import type { VideoResults } from './video-results.js';

interface TimelineProps {
  readonly durationSeconds: number;
  readonly results: VideoResults;
  readonly playhead: Playhead;
  /** What a question would be about; null: the whole. */
  readonly span: AskSpan;
}

const STEP_SECONDS = 1;
const WHOLE = 0.95;
const SCALE = [0, 0.25, 0.5, 0.75, 1];

/** The film's windows with what is said of each, where things were found, what was asked about; a click jumps. */
export function Timeline({ durationSeconds, results, playhead, span }: TimelineProps) {
  const { captions, drawings } = results;
  const bar = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const range = useRef<HTMLDivElement>(null);
  const now = useLineAt(playhead, captions);
  const length = Math.max(durationSeconds, 0.001);
  // Those about the whole film would only fill their lane.
  const answers = results.answers.filter((one) => one.end_seconds - one.start_seconds < length * WHOLE);
  const left = (seconds: number): string => `${(Math.min(seconds, length) / length) * 100}%`;
  const width = (from: number, to: number): string =>
    `calc(${((Math.min(to, length) - from) / length) * 100}% - 2px)`;

  useEffect(() => {
    const move = (): void => {
      const { seconds } = playhead;
      const share = (at: number): string => `${(Math.min(at, length) / length) * 100}%`;
      if (head.current !== null) head.current.style.left = share(seconds);
      bar.current?.setAttribute('aria-valuenow', seconds.toFixed(1));
      bar.current?.setAttribute('aria-valuetext', valueText(seconds, captions));
      const asked = askRange(span, seconds, length);
      if (range.current === null) return;
      range.current.hidden = asked === null;
      if (asked === null) return;
      range.current.style.left = share(asked.startSeconds);
      range.current.style.width = share(asked.endSeconds - asked.startSeconds);
    };
    move();
    return playhead.watch(move);
  }, [playhead, captions, length, span]);

  const point = ({ clientX }: PointerEvent): void => {
    if (bar.current === null) return;
    const { left: from, width: wide } = bar.current.getBoundingClientRect();
    playhead.seek(Math.max(0, Math.min(1, (clientX - from) / wide)) * length);
  };
  const press = (event: KeyboardEvent): void => {
    const to = keyTarget(event.key, playhead.seconds, length, captions);
    if (to === null) return;
    event.preventDefault();
    playhead.seek(Math.max(0, Math.min(length, to)));
  };
  return (
    <div
      ref={bar}
      className="timeline"
      role="slider"
      tabIndex={0}
      aria-label="Timeline: arrows move by seconds, page keys by windows"
      aria-valuemin={0}
      aria-valuemax={Number(length.toFixed(1))}
      aria-valuenow={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) point(event);
      }}
    >
      <div className="lane" aria-hidden>
        {captions.map(({ key, startSeconds, endSeconds, text, isPartial }, place) => (
          <div
            key={key}
            className={`piece${place === now ? ' now' : ''}${isPartial ? ' writes' : ''}`}
            style={{ left: left(startSeconds), width: width(startSeconds, endSeconds) }}
            title={`${shortTime(startSeconds)} ${text}`}
          >
            {text}
          </div>
        ))}
      </div>
      {drawings.length > 0 && (
        <div className="lane thin" aria-hidden>
          {drawings.flatMap(({ looks }, drawing) =>
            looks
              .filter(({ things }) => things.length > 0)
              .map(({ seconds }) => (
                <div key={`${drawing}/${seconds}`} className="mark" style={{ left: left(seconds) }} />
              )),
          )}
        </div>
      )}
      {answers.length > 0 && (
        <div className="lane thin" aria-hidden>
          {answers.map(({ seq, start_seconds, end_seconds, question, text }) => (
            <div
              key={seq}
              className="piece asked"
              style={{ left: left(start_seconds), width: width(start_seconds, end_seconds) }}
              title={`${question ?? ''} ${text}`}
            />
          ))}
        </div>
      )}
      <div className="scale numbers" aria-hidden>
        {SCALE.map((share) => (
          <span key={share}>{shortTime(Math.round(share * length * 10) / 10)}</span>
        ))}
      </div>
      <div ref={range} className="range" hidden aria-hidden />
      <div ref={head} className="head" aria-hidden />
    </div>
  );
}

function valueText(seconds: number, captions: VideoResults['captions']): string {
  const line = captions[lineAt(captions, seconds)];
  return line === undefined ? shortTime(seconds) : `${shortTime(seconds)}, ${line.text}`;
}

/** Where a key leads; null when it is none of the timeline's. */
function keyTarget(
  key: string,
  at: number,
  length: number,
  captions: VideoResults['captions'],
): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return at + STEP_SECONDS;
    case 'ArrowLeft':
    case 'ArrowDown':
      return at - STEP_SECONDS;
    case 'PageUp':
      return captions.find(({ startSeconds }) => startSeconds > at)?.startSeconds ?? length;
    case 'PageDown':
      return captions.findLast(({ startSeconds }) => startSeconds < at - 0.05)?.startSeconds ?? 0;
    case 'Home':
      return 0;
    case 'End':
      return length;
    default:
      return null;
  }
}
