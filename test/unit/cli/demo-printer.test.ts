import { expect, it } from 'vitest';
import { DemoPrinter } from '../../../src/cli/demo-printer.js';
import type { PipelineEvent } from '../../../src/pipeline/events.js';

const span = { clip: 0, startSeconds: 0, endSeconds: 4 };
const whole = {
  ...span,
  ids: [],
  steps: [],
  stopped: 'eos',
  timing: { capturedAtMs: 0, queueMs: 0, encodeMs: 12.3, prefillMs: 4, decodeMs: 5, totalMs: 21 },
  provenance: { model: 'nano', precision: 'f32', prompt: '', frameSeconds: [] },
} as const;

it('writes the words of a caption and an answer as they come, and how long they took', () => {
  const out: string[] = [];
  const printer = new DemoPrinter(
    (text) => out.push(text),
    500,
    () => 1900,
  );
  const events: PipelineEvent[] = [
    { kind: 'caption.partial', ...span, delta: ' a', text: ' a' },
    { kind: 'caption.partial', ...span, delta: ' cow', text: ' a cow' },
    { kind: 'caption', ...whole, text: ' a cow' },
    { kind: 'answer.partial', question: 'how many?', ...span, delta: '1', text: '1' },
    { kind: 'answer', question: 'how many?', ...whole, text: '1' },
  ];
  for (const event of events) printer.take(event);
  expect(out.slice(0, 3)).toEqual(['caption   ', 'a', ' cow']);
  expect(out.join('')).toBe(
    'caption   a cow\n          (12 ms to see, 4 ms to read, 5 ms to write; 1.4 s since the start)\n\n' +
      'question  how many?\nanswer    1\n          (12 ms to see, 4 ms to read, 5 ms to write; 1.4 s since the start)\n\n',
  );
});

it('ends the line of what failed and begins anew with the next, and counts the failures', () => {
  const out: string[] = [];
  const printer = new DemoPrinter(
    (text) => out.push(text),
    0,
    () => 1000,
  );
  const failure = {
    kind: 'error',
    code: 'model_process_died',
    message: 'it failed',
    prompt: '',
    ...span,
  } as const;
  printer.take({ kind: 'caption.partial', ...span, delta: 'a cow', text: 'a cow' });
  printer.take(failure);
  printer.take(failure);
  printer.take({ kind: 'answer.partial', question: 'how many?', ...span, delta: 'one', text: 'one' });
  expect(out.join('')).toBe('caption   a cow\nit failed\n\nit failed\n\nquestion  how many?\nanswer    one');
  expect(printer.failures).toBe(2);
});
