import { describe, expect, it } from 'vitest';
import { type Format, resultFormat } from '../../../src/cli/result-format.js';
import { ResultPrinter } from '../../../src/cli/result-printer.js';
import type { PipelineEvent, WholeText } from '../../../src/pipeline/events.js';

const span = (clip: number) => ({ clip, startSeconds: 2 * clip, endSeconds: 2 * clip + 2 });

function partial(clip: number, delta: string, text: string): PipelineEvent {
  return { kind: 'caption.partial', ...span(clip), delta, text };
}

function whole(clip: number, text: string): WholeText {
  return {
    ...span(clip),
    text,
    ids: [5],
    steps: [],
    stopped: 'eos',
    timing: { capturedAtMs: 0, queueMs: 1, encodeMs: 2.00049, prefillMs: 3, decodeMs: 4, totalMs: 10 },
    provenance: { model: 'nano', precision: 'f32', prompt: 'caption en', frameSeconds: [0, 1] },
  };
}

const caption = (clip: number, text: string): PipelineEvent => ({ kind: 'caption', ...whole(clip, text) });

function detections(clip: number, ...labels: string[]): PipelineEvent {
  const box = { yMin: 0, xMin: 0, yMax: 1, xMax: 1 };
  const found = labels.map((label, i) => ({ label, track: i + 1, score: 1, box, pixels: null, mask: null }));
  const frame = { seconds: 2 * clip, size: { width: 8, height: 8 } };
  return { kind: 'detections', ...whole(clip, ''), ...frame, found, problems: [] };
}

const EVENTS: PipelineEvent[] = [
  { kind: 'state', state: 'running' },
  partial(0, ' a', ' a'),
  partial(0, ' cow', ' a cow'),
  caption(0, ' a cow'),
  { kind: 'progress', done: 1, total: 2, atSeconds: 2 },
  partial(1, 'a', 'a'),
  caption(1, 'a dog'),
  { kind: 'progress', done: 2, total: 2, atSeconds: 4 },
  { kind: 'state', state: 'finished' },
];

/** What is written, piece by piece, the bar's moves in angle brackets. */
function print(events: PipelineEvent[], format: Format, over: { streams?: boolean; several?: boolean } = {}) {
  const { streams = false, several = true } = over;
  const out: string[] = [];
  const printer = new ResultPrinter({
    format: resultFormat(format, { several }),
    streams,
    several,
    bar: {
      start: () => out.push('<start>'),
      advance: (done) => out.push(`<${done}>`),
      hide: () => out.push('<hide>'),
      stop: () => out.push('<stop>'),
    },
    write: (text) => out.push(text),
    onFailure: (event) => out.push(`<failed ${event.code}>`),
  });
  for (const event of events) printer.take(event);
  return out;
}

describe('ResultPrinter', () => {
  it('writes words as they come on a terminal, the bar standing aside', () => {
    expect(print(EVENTS, 'text', { streams: true })).toEqual([
      '<hide>',
      '[0:00 - 0:02] ',
      'a',
      ' cow',
      '',
      '\n',
      '<1>',
      '<hide>',
      '[0:02 - 0:04] ',
      'a',
      ' dog',
      '\n',
      '<2>',
      '<stop>',
    ]);
  });

  it('writes whole lines elsewhere', () => {
    expect(print(EVENTS, 'text').filter((text) => !text.startsWith('<'))).toEqual([
      '[0:00 - 0:02] a cow\n',
      '[0:02 - 0:04] a dog\n',
    ]);
    expect(print(EVENTS.slice(0, 4), 'text', { several: false })).toEqual(['<hide>', 'a cow\n']);
  });

  it('writes subtitles', () => {
    expect(
      print(EVENTS, 'vtt')
        .filter((text) => !text.startsWith('<'))
        .join(''),
    ).toBe('WEBVTT\n\n00:00:00.000 --> 00:00:02.000\na cow\n\n00:00:02.000 --> 00:00:04.000\na dog\n\n');
    expect(print(EVENTS, 'srt').join('')).toContain('2\n00:00:02,000 --> 00:00:04,000\na dog\n\n');
  });

  it('numbers subtitles without a gap where nothing was found', () => {
    const events = [detections(0, 'cow'), detections(1), detections(2), detections(3, 'dog', 'cow')];
    expect(
      print(events, 'srt')
        .filter((text) => !text.startsWith('<'))
        .join(''),
    ).toBe(
      '1\n00:00:00,000 --> 00:00:02,000\ncow #1\n\n2\n00:00:06,000 --> 00:00:08,000\ndog #1, cow #2\n\n',
    );
  });

  it('writes one JSON object a line', () => {
    const [line = ''] = print(EVENTS, 'json').filter((text) => text.startsWith('{'));
    expect(line.endsWith('}\n')).toBe(true);
    expect(JSON.parse(line)).toEqual({
      kind: 'caption',
      clip: 0,
      start_seconds: 0,
      end_seconds: 2,
      text: ' a cow',
      stopped: 'eos',
      ids: [5],
      model: 'nano',
      precision: 'f32',
      prompt: 'caption en',
      frame_seconds: [0, 1],
      captured_at: '1970-01-01T00:00:00.000Z',
      timing_ms: { queue: 1, encode: 2, prefill: 3, decode: 4, total: 10 },
    });
  });

  it('ends the line of a clip that failed midway', () => {
    const failed: PipelineEvent = { kind: 'error', code: 'gone', message: 'm', prompt: 'p', ...span(0) };
    const out = print([partial(0, 'a', 'a'), failed, ...EVENTS.slice(5, 7)], 'text', { streams: true });
    expect(out).toEqual([
      '<hide>',
      '[0:00 - 0:02] ',
      'a',
      '<hide>',
      '\n',
      '<failed gone>',
      '<hide>',
      '[0:02 - 0:04] ',
      'a',
      ' dog',
      '\n',
    ]);
  });
});
