import { expect, it } from 'vitest';
import { excerptParts } from '../../../dashboard/search/excerpt-parts.js';

it('tells the found words from the others', () => {
  expect(excerptParts('a [dog] chases a [cat]')).toEqual([
    { text: 'a ', isFound: false },
    { text: 'dog', isFound: true },
    { text: ' chases a ', isFound: false },
    { text: 'cat', isFound: true },
  ]);
});

it('leaves a bracket alone that is not closed', () => {
  expect(excerptParts('a [dog')).toEqual([{ text: 'a [dog', isFound: false }]);
});
