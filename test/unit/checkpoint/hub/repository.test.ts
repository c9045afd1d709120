import { expect, it } from 'vitest';
import { parseRepository, repositoryFolder } from '../../../../src/checkpoint/hub/repository.js';

it.each([
  ['google/paligemma-3b-mix-224', 'google/paligemma-3b-mix-224', null],
  ['google/paligemma-3b-pt-224@bfloat16', 'google/paligemma-3b-pt-224', 'bfloat16'],
  ['a/b@refs/pr/3', 'a/b', 'refs/pr/3'],
  ['some_one/v1.5_x', 'some_one/v1.5_x', null],
])('reads %s', (text, name, revision) => {
  expect(parseRepository(text)).toEqual({ name, revision });
});

it.each([
  'paligemma',
  'a/b/c',
  '../b',
  'a/..',
  './b',
  '/a/b',
  'a/b@',
  'a/b@../x',
  'a/b@x/../../y',
  'a/b@-x',
  'a/b@x@y',
  'a/b--c',
  'a--b/c',
  'a/b.git',
  'a/b c',
  'a\\b/c',
  'C:/models/x',
  'a/b?x',
  '',
])('takes %j for no repository', (text) => {
  expect(parseRepository(text)).toBeNull();
});

it('names its folder in the cache as the Hub’s tools do', () => {
  expect(repositoryFolder('/hub', 'google/paligemma-3b')).toBe('/hub/models--google--paligemma-3b');
});
