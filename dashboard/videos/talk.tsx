import { useSyncExternalStore } from 'react';
import { shortTime } from '../../src/delivery/subtitles/timecode.js';
import type { TopicView } from '../live/topic-log.js';
import { AskForm } from '../talk/ask-form.js';
import { Conversation } from '../talk/conversation.js';
import { useQuestions } from '../talk/use-questions.js';
import { askRange, type AskSpan } from './ask-range.js';
import type { Playhead } from './playhead.js';
import type { VideoResults } from './video-results.js';

interface TalkProps {
  readonly topic: string;
  readonly durationSeconds: number;
  readonly view: TopicView;
  readonly results: VideoResults;
  readonly playhead: Playhead;
  readonly span: AskSpan;
  readonly onSpan: (span: AskSpan) => void;
  readonly suggestions: readonly string[];
}

const SPANS = [2, 5, 10, 30];

/** Questions about the film, or about the stretch under the playhead. */
export function Talk({
  topic,
  durationSeconds,
  view,
  results,
  playhead,
  span,
  onSpan,
  suggestions,
}: TalkProps) {
  const questions = useQuestions(view);
  const send = (question: string): void => {
    const about = askRange(span, playhead.seconds, durationSeconds);
    const range = about === null ? {} : { start_seconds: about.startSeconds, end_seconds: about.endSeconds };
    questions.ask({ topic, question, ...range });
  };
  const answered = results.answers.map(({ seq, question, text, start_seconds, end_seconds, timing_ms }) => ({
    key: String(seq),
    question: question ?? '',
    answer: text,
    note: (
      <>
        <button
          type="button"
          className="link-button"
          onClick={() => {
            playhead.seek(start_seconds);
          }}
        >
          {shortTime(start_seconds)} to {shortTime(end_seconds)}
        </button>
        {` · answered in ${(timing_ms.total / 1000).toFixed(1)} s`}
      </>
    ),
  }));
  return (
    <>
      <Conversation
        answered={[...answered, ...questions.answered]}
        open={questions.open}
        hint="Ask who is there, what happens, how many there are, which colour something has…"
        onAgain={({ id, question }) => {
          questions.forget(id);
          send(question);
        }}
      />
      <AskForm placeholder="Ask about the video" suggestions={suggestions} onAsk={send}>
        About
        <select
          className="input slim"
          aria-label="About which part"
          value={span}
          onChange={({ target }) => {
            onSpan(target.value === 'whole' ? 'whole' : Number(target.value));
          }}
        >
          <option value="whole">the whole video</option>
          {SPANS.filter((seconds) => seconds < durationSeconds).map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds} s around the playhead
            </option>
          ))}
        </select>
        <RangeText span={span} playhead={playhead} durationSeconds={durationSeconds} />
      </AskForm>
    </>
  );
}

function RangeText({
  span,
  playhead,
  durationSeconds,
}: Pick<TalkProps, 'span' | 'playhead' | 'durationSeconds'>) {
  const text = useSyncExternalStore(playhead.watch, () => {
    const range = askRange(span, playhead.seconds, durationSeconds);
    return range === null ? '' : `${shortTime(range.startSeconds)} to ${shortTime(range.endSeconds)}`;
  });
  return <span className="numbers">{text}</span>;
}
