import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MASK_DECODER_FILES } from '../../../src/checkpoint/find-mask-decoder.js';
import { parseDetections } from '../../../src/tasks/parse-detections.js';
import { promptFor } from '../../../src/tasks/prompt-for.js';
import type { Task, TaskKind } from '../../../src/tasks/task.js';

const DOCUMENT = readFileSync('docs/tasks.md', 'utf8');

/** One of every kind: a kind that is added is missing here until it is written down. */
const SAMPLES: { readonly [Kind in TaskKind]: Extract<Task, { readonly kind: Kind }> } = {
  caption: { kind: 'caption', lang: 'de' },
  cap: { kind: 'cap', lang: 'es' },
  describe: { kind: 'describe', lang: 'fr' },
  answer: { kind: 'answer', lang: 'en', question: 'who runs?' },
  question: { kind: 'question', lang: 'en', answer: 'a dog' },
  ocr: { kind: 'ocr' },
  detect: { kind: 'detect', things: ['cat', 'red car'] },
  segment: { kind: 'segment', things: ['cat', 'red car'] },
  refer: { kind: 'refer', expression: 'the left cup' },
  statement: { kind: 'statement', sentence: 'both are red.' },
  prompt: { kind: 'prompt', prompt: 'say something' },
};

/** The rows of the table under a header, cell by cell, without its rule. */
function table(header: string): string[][] {
  const after = DOCUMENT.split(`${header}\n`)[1] ?? '';
  const lines = after.split('\n\n')[0]?.split('\n') ?? [];
  return lines.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const unquoted = (cell: string | undefined) => cell?.replaceAll('`', '') ?? '';

describe('docs/tasks.md', () => {
  it('shows the words and the prompt of every task', () => {
    const shown = table('| task | words | prompt | answer |').map(([kind, words, prompt]) => ({
      kind: unquoted(kind),
      words: unquoted(words),
      prompt: unquoted(prompt),
    }));
    expect(shown.map(({ kind }) => kind)).toEqual(Object.keys(SAMPLES));
    for (const { kind, words, prompt } of shown) {
      const task = SAMPLES[kind as TaskKind];
      const given = Object.keys(task).filter((key) => key !== 'kind');
      expect({ kind, words: words.split(', ').filter((word) => word !== '') }).toEqual({
        kind,
        words: given,
      });
      const things = 'things' in task ? [...task.things] : [];
      const filled = prompt.replace(/\{(\w+)\}/g, (_, name: string) =>
        name === 'thing'
          ? String(things.shift())
          : String((task as unknown as Record<string, unknown>)[name]),
      );
      expect({ kind, prompt: filled }).toEqual({ kind, prompt: promptFor(task) });
    }
  });

  it.each(table('| text | found | reason |'))('is right about %s', (text, found, reason) => {
    const written = unquoted(text).replace(/(<seg\d{3}>)×(\d+)/g, (_, token: string, times: string) =>
      token.repeat(Number(times)),
    );
    const parsed = parseDetections(written, 1023);
    expect(parsed.problems.map((problem) => problem.reason)).toEqual([reason]);
    expect(
      parsed.found.map(
        ({ label, codes }) => `${label || 'no name'}, box${codes === null ? '' : ' and mask'}`,
      ),
    ).toEqual(found === '' ? [] : [found]);
  });

  it('names the files a mask decoder is looked for under, in their order', () => {
    const named = [...DOCUMENT.matchAll(/`([\w-]+\.npz)`/g)].map(([, name]) => name);
    expect(named).toEqual([...MASK_DECODER_FILES]);
  });
});
