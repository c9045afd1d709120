import { useState } from 'react';
import { ask, type Asked, type Question } from '../live/ask.js';
import type { TopicView } from '../live/topic-log.js';
import { pageLink } from '../live/page-link.js';
import { openQuestions } from './open-questions.js';

export interface Questions {
  /** Those that wait for their answer, or will get none. */
  readonly open: readonly Asked[];
  readonly ask: (question: Question) => void;
  readonly forget: (id: string) => void;
}

/** The questions that were asked here about a topic. */
export function useQuestions(view: TopicView): Questions {
  const [asked, setAsked] = useState<ReadonlyMap<string, Asked>>(new Map());
  return {
    open: openQuestions([...asked.values()], view),
    ask: (question) => {
      ask(pageLink, question, (one) => {
        setAsked((known) => new Map(known).set(one.id, one));
      });
    },
    forget: (id) => {
      setAsked((known) => new Map([...known].filter(([other]) => other !== id)));
    },
  };
}
