import { useState } from 'react';
import type { TopicView } from '../live/topic-log.js';
import { AskForm } from '../talk/ask-form.js';
import { Conversation } from '../talk/conversation.js';
import { useQuestions } from '../talk/use-questions.js';

interface CameraTalkProps {
  readonly topic: string;
  readonly view: TopicView;
}

const SPANS = [1, 2, 4, 10];
const DEFAULT_SPAN = 4;

/** Questions about what a camera sees now. */
export function CameraTalk({ topic, view }: CameraTalkProps) {
  const questions = useQuestions(view);
  const [seconds, setSeconds] = useState(DEFAULT_SPAN);
  const send = (question: string): void => {
    questions.ask({ topic, question, seconds });
  };
  const answered = view.events.flatMap(({ seq, atMs, event }) => {
    if (event.kind !== 'answer' || event.ask_id === undefined || event.ask_id === null) return [];
    const note = `${new Date(atMs).toLocaleTimeString()} · answered in ${(event.timing_ms.total / 1000).toFixed(1)} s`;
    return [{ key: String(seq), question: event.question ?? '', answer: event.text, note }];
  });
  return (
    <>
      <Conversation
        answered={[...answered, ...questions.answered]}
        open={questions.open}
        hint="Ask about what it sees now: who is there, what happens, how many there are…"
        onAgain={({ id, question }) => {
          questions.forget(id);
          send(question);
        }}
      />
      <AskForm placeholder="Ask about what it sees" suggestions={[]} onAsk={send}>
        About the last
        <select
          className="input slim"
          aria-label="About the last seconds"
          value={seconds}
          onChange={({ target }) => {
            setSeconds(Number(target.value));
          }}
        >
          {SPANS.map((span) => (
            <option key={span} value={span}>
              {span} s
            </option>
          ))}
        </select>
      </AskForm>
    </>
  );
}
