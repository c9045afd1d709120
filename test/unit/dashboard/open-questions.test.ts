import { expect, it } from 'vitest';
import type { Asked } from '../../../dashboard/live/ask.js';
import type { TopicView } from '../../../dashboard/live/topic-log.js';
import { openQuestions } from '../../../dashboard/talk/open-questions.js';

const asked: Asked = { id: 'q', question: 'who?', text: 'a', job: 'j', failure: null, isAnswered: false };
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
