import { useEffect, useRef } from 'react';
import { shortTime } from '../../src/delivery/subtitles/timecode.js';
import type { Playhead } from './playhead.js';
import { useLineAt } from './use-line-at.js';
import type { Line } from './video-results.js';

interface SaysListProps {
  readonly lines: readonly Line[];
  readonly playhead: Playhead;
}

/** What is said, line by line; the one under the playhead is marked and kept in sight, a click jumps there. */
export function SaysList({ lines, playhead }: SaysListProps) {
  const now = useLineAt(playhead, lines);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const box = list.current;
    const item = box?.children[now];
    if (box === null || !(item instanceof HTMLElement)) return;
    const above = item.offsetTop - box.offsetTop;
    if (above < box.scrollTop || above + item.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTo({ top: above - box.clientHeight / 3, behavior: 'smooth' });
    }
  }, [now]);
  return (
    <ol className="says-list" ref={list} aria-label="Captions">
      {lines.map(({ key, startSeconds, text, isPartial }, place) => (
        <li key={key}>
          <button
            type="button"
            aria-current={place === now}
            onClick={() => {
              playhead.seek(startSeconds);
            }}
          >
            <span className="at numbers">{shortTime(startSeconds)}</span>
            <span className={isPartial ? 'writing' : ''}>{text}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
