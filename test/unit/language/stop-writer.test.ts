import { expect, it } from 'vitest';
import { StopWriter } from '../../../src/language/stop-writer.js';

/** Ids are places in a list of pieces; the last letter of a piece in `<>` comes with the next. */
function writerOf(pieces: readonly string[]) {
  return { push: (id: number) => pieces[id] ?? '', end: () => '' };
}

function write(pieces: readonly string[], stops: readonly string[], tail = '') {
  const writer = new StopWriter({ ...writerOf(pieces), end: () => tail }, stops);
  const texts: string[] = [];
  for (const id of pieces.keys()) {
    texts.push(writer.push(id));
    if (writer.hasStopped) break;
  }
  texts.push(writer.end());
  return { texts, hasStopped: writer.hasStopped };
}

it.each([
  ['no stop text', ['a ', 'dog'], [], ['a ', 'dog', ''], false],
  ['one inside a token', ['a d', 'og. It'], ['.'], ['a d', 'og', ''], true],
  ['one over several tokens', ['x<', 'en', 'd>y'], ['<end>'], ['x', '', '', ''], true],
  ['the first of several', ['a;b.c'], ['.', ';'], ['a', ''], true],
  ['what only began like one', ['x<', 'e', 'a'], ['<end>'], ['x', '', '<ea', ''], false],
  ['a beginning that begins again', ['aa', 'ab', 'c'], ['aab'], ['', 'a', ''], true],
  ['a beginning at the end', ['x', '<e'], ['<end>'], ['x', '', '<e'], false],
])('ends before a stop text: %s', (_, pieces, stops, texts, hasStopped) => {
  expect(write(pieces, stops)).toEqual({ texts, hasStopped });
});

it('finds one in what was held back inside a character', () => {
  expect(write(['a'], ['é'], 'bé')).toEqual({ texts: ['a', 'b'], hasStopped: true });
});
