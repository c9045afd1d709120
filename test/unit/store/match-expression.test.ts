import { expect, it } from 'vitest';
import { matchExpression } from '../../../src/store/sqlite/match-expression.js';

it.each([
  ['brown dog', '"brown" "dog"*'],
  ['  Käse-brot! ', '"Käse" "brot"*'],
  ['a" OR words:b*', '"a" "OR" "words" "b"*'],
  ['犬 кот', '"犬" "кот"*'],
])('quotes every word of %j', (query, expression) => {
  expect(matchExpression(query)).toBe(expression);
});

it.each(['', '  ', '"*-()'])('has none for %j, which has no word', (query) => {
  expect(matchExpression(query)).toBeNull();
});

it('takes no more than 32 words', () => {
  expect(matchExpression('a '.repeat(100))?.split(' ')).toHaveLength(32);
});
