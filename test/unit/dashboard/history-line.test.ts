import { expect, it } from 'vitest';
import { historyLine } from '../../../dashboard/cameras/history-line.js';

it.each([
  [{ reason: 'busy', windows: 3 }, 'Left out 3 windows: the model was busy'],
  [{ reason: 'slow', events: 2 }, 'Left out 2 partial texts: this page was slow'],
  [{ reason: 'not_kept', events: 4 }, 'Before this, 4 events were not kept: the server could not write them'],
] as const)('says why something is missing: %o', (dropped, text) => {
  expect(historyLine({ kind: 'dropped', ...dropped })?.text).toBe(text);
});
