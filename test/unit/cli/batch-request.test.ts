import { describe, expect, it } from 'vitest';
import { MAX_LINE_CHARACTERS, parseBatchLine } from '../../../src/cli/batch-request.js';

describe('parseBatchLine', () => {
  it('takes frames and a prompt, and what may be said beside', () => {
    const line = '{"frames":["a.png"],"prompt":"caption en","max_new_tokens":3,"top_logprobs":0}';
    expect(parseBatchLine(line, 1)).toEqual(JSON.parse(line));
  });

  it.each([
    ['{', 'is not JSON'],
    ['[]', 'is no request'],
    ['{"frames":["a.png"]}', 'at "prompt"'],
    ['{"frames":[],"prompt":"x"}', 'at "frames"'],
    ['{"frames":[1],"prompt":"x"}', 'at "frames.0"'],
    ['{"frames":["a"],"prompt":"x","max_new_tokens":0}', 'at "max_new_tokens"'],
    [`"${'x'.repeat(MAX_LINE_CHARACTERS)}"`, 'is longer than'],
  ])('says what is wrong with line %# of the table', (line, message) => {
    expect(() => parseBatchLine(line, 7)).toThrow('line 7 of the batch ');
    expect(() => parseBatchLine(line, 7)).toThrow(message);
    expect(() => parseBatchLine(line, 7)).toThrow(expect.objectContaining({ code: 'bad_batch_line' }));
  });
});
