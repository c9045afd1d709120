import { expect, it } from 'vitest';
import type { Asked } from '../../../dashboard/live/ask.js';
import type { TopicView } from '../../../dashboard/live/topic-log.js';
import { answeredAside, openQuestions } from '../../../dashboard/talk/open-questions.js';

const asked: Asked = {
  id: 'q',
  question: 'who?',
  text: 'a',
  job: 'j',
  failure: null,
  isAnswered: false,
  isInTopic: false,
};
const answered: Asked = { ...asked, isAnswered: true };
const kept: Asked = { ...answered, isInTopic: true };
const viewOf = (...events: object[]): TopicView =>
  ({ events: events.map((event) => ({ event })) }) as unknown as TopicView;

it.each([
  ['nothing has come', viewOf(), [asked]],
  ['its job has answered', viewOf({ kind: 'answer', job: 'j' }), []],
  ['its id has answered', viewOf({ kind: 'answer', ask_id: 'q' }), []],
  ['others have answered', viewOf({ kind: 'answer', job: 'k' }, { kind: 'answer', ask_id: null }), [asked]],
  [
    'its job has failed',
    viewOf({ kind: 'state', state: 'failed', job: 'j', message: 'no' }),
    [{ ...asked, failure: 'no' }],
  ],
])('when %s', (_, view, open) => {
  expect(openQuestions([asked], view)).toEqual(open);
});

it.each([
  ['has not come in the topic', answered, viewOf(), [answered]],
  ['is in the topic', answered, viewOf({ kind: 'answer', ask_id: 'q' }), []],
  ['was in the topic, and is left out there', kept, viewOf(), []],
])('shows a question as answered when its answer %s', (_, one, view, aside) => {
  expect(openQuestions([one], view)).toEqual([]);
  expect(answeredAside([one], view)).toEqual(aside);
});

it('shows a question either as open or as answered', () => {
  expect(answeredAside([asked], viewOf())).toEqual([]);
});
