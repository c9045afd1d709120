import { type ReactNode, useEffect, useRef } from 'react';
import type { KeptEvent } from '../live/event-bodies.js';
import { ServerPicture } from '../parts/server-picture.js';
import { historyLine } from './history-line.js';

interface HistoryListProps {
  readonly topic: string;
  /** In the order of their numbers. */
  readonly events: readonly KeptEvent[];
  /** Those around the one that is looked for, when it lies far before them. */
  readonly past: readonly KeptEvent[];
  /** The number of the event that is looked for. */
  readonly target: number | null;
  readonly hasEarlier: boolean;
  readonly onEarlier: () => void;
}

/** What a camera told, the newest first. */
export function HistoryList({ topic, events, past, target, hasEarlier, onEarlier }: HistoryListProps) {
  const wanted = useRef<HTMLLIElement>(null);
  /** Where the reader has been led already: from there on they go where they like. */
  const shown = useRef<number | null>(null);
  const oldest = events[0]?.seq ?? Infinity;
  const before = past.filter(({ seq }) => seq < oldest);
  const isThere = target !== null && [...before, ...events].some(({ seq }) => seq === target);
  useEffect(() => {
    if (!isThere || shown.current === target) return;
    shown.current = target;
    wanted.current?.scrollIntoView({ block: 'center' });
  }, [isThere, target]);
  const item = ({ seq, atMs, event }: KeptEvent): ReactNode => {
    const line = historyLine(event);
    if (line === null) return null;
    const isTarget = seq === target;
    return (
      <li key={seq} data-seq={seq} {...(isTarget ? { className: 'target', ref: wanted } : {})}>
        {line.picture !== null && (
          <span className="moment">
            <ServerPicture path={line.picture} topic={topic} />
          </span>
        )}
        <div className="grow">
          <p>{line.text}</p>
          <p className="note numbers">
            <time dateTime={new Date(atMs).toISOString()}>{new Date(atMs).toLocaleTimeString()}</time>
            {line.note !== '' && ` · ${line.note}`}
          </p>
        </div>
      </li>
    );
  };
  return (
    <ol className="history" aria-label="History" tabIndex={0}>
      {[...events].reverse().map(item)}
      {hasEarlier && (
        <li>
          <button type="button" className="button" onClick={onEarlier}>
            Show earlier
          </button>
        </li>
      )}
      {before.length > 0 && <li className="note">Further back, around what was found</li>}
      {[...before].reverse().map(item)}
    </ol>
  );
}
