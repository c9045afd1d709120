import { useState } from 'react';
import { ask, type Asked, type Question } from '../live/ask.js';
import type { TopicView } from '../live/topic-log.js';
import { pageLink } from '../live/page-link.js';
import type { Answered } from './conversation.js';
import { answeredAside, openQuestions } from './open-questions.js';

export interface Questions {
  /** Those that wait for their answer, or will get none. */
  readonly open: readonly Asked[];
  /** Those whose answer is not among the topic's. */
  readonly answered: readonly Answered[];
  readonly ask: (question: Question) => void;
  readonly forget: (id: string) => void;
}

/** The questions that were asked here about a topic. */
export function useQuestions(view: TopicView): Questions {
  const [asked, setAsked] = useState<ReadonlyMap<string, Asked>>(new Map());
  const all = [...asked.values()];
  return {
    open: openQuestions(all, view),
    answered: answeredAside(all, view).map(({ id, question, text }) => ({
      key: id,
      question,
      answer: text,
      note: null,
    })),
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
