import './talk.css';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Asked } from '../live/ask.js';
import { Notice } from '../parts/notice.js';

/** A question that has been answered. */
export interface Answered {
  readonly key: string;
  readonly question: string;
  readonly answer: string;
  /** Stands below: what it was about, how long it took. */
  readonly note: ReactNode;
}

interface ConversationProps {
  readonly answered: readonly Answered[];
  readonly open: readonly Asked[];
  /** Stands where nothing has been asked yet. */
  readonly hint: string;
  readonly onAgain: (asked: Asked) => void;
}

/** Questions and their answers in order; those to come are written word by word. */
export function Conversation({ answered, open, hint, onAgain }: ConversationProps) {
  const list = useRef<HTMLOListElement>(null);
  const count = answered.length + open.length;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  return (
    <ol className="talk" ref={list} aria-label="Questions and answers" tabIndex={0}>
      {count === 0 && <li className="faint small">{hint}</li>}
      {answered.map(({ key, question, answer, note }) => (
        <li key={key}>
          <span className="asked">{question}</span>
          <span className="answered">{answer}</span>
          <span className="small faint numbers">{note}</span>
        </li>
      ))}
      {open.map((one) => (
        <li key={one.id}>
          <span className="asked">{one.question}</span>
          {one.failure === null ? (
            <span className="answered writing">{one.text}</span>
          ) : (
            <>
              <Notice tone="bad">{one.failure}</Notice>
              <button
                type="button"
                className="button"
                onClick={() => {
                  onAgain(one);
                }}
              >
                Ask again
              </button>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
