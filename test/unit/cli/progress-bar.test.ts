import { describe, expect, it } from 'vitest';
import { progressBar } from '../../../src/cli/progress-bar.js';

function terminal(isTTY = true) {
  const written: string[] = [];
  return { isTTY, columns: 80, write: (text: string) => written.push(text), written };
}

/** What a terminal would show at the end, line by line: `\r` goes to the start, `ESC[K` clears to the end. */
function shown(text: string): string[] {
  return text.split('\n').map((line) => {
    let row = '';
    let column = 0;
    for (const piece of line.replaceAll('\u001b[K', '␡').split(/(\r|␡)/)) {
      if (piece === '\r') column = 0;
      else if (piece === '␡') row = row.slice(0, column);
      else {
        row = row.slice(0, column) + piece + row.slice(column + piece.length);
        column += piece.length;
      }
    }
    return row;
  });
}

describe('progressBar', () => {
  it('counts, steps aside for text and leaves nothing but the text', () => {
    const stderr = terminal();
    const bar = progressBar(stderr, false);
    bar.start(2);
    bar.advance(1);
    expect(shown(stderr.written.join(''))[0]).toMatch(/^█{15}░{15} 1\/2 clips, .* left$/);
    bar.hide();
    stderr.write('a cow\n');
    bar.advance(2);
    expect(shown(stderr.written.join(''))[1]).toMatch(/^█{30} 2\/2 clips/);
    bar.stop();
    expect(shown(stderr.written.join(''))).toEqual(['a cow', '']);
  });

  it('moves the cursor nowhere else and leaves the settings of the terminal alone', () => {
    const stderr = terminal();
    const bar = progressBar(stderr, false);
    bar.start(3);
    bar.advance(1);
    bar.stop();
    expect(stderr.written.join('').replaceAll('\u001b[K', '')).not.toContain('\u001b');
  });

  it.each([
    ['a pipe', terminal(false), false, 5],
    ['quiet', terminal(), true, 5],
    ['one clip', terminal(), false, 1],
    ['an unknown number', terminal(), false, null],
  ])('is not there for %s', (_, stderr, quiet, total) => {
    const bar = progressBar(stderr, quiet);
    bar.start(total);
    bar.advance(1);
    bar.hide();
    bar.stop();
    expect(stderr.written).toEqual([]);
  });
});
