import { describe, expect, it } from 'vitest';
import { scanJson } from '../../../src/checkpoint/scan-json.js';

describe('scanJson', () => {
  it.each([
    '{"a":{"b":1},"b":{"b":2}}',
    '["a","a",{"a":"a"}]',
    '{"a":"\\"b\\":","b":"}{"}',
    '{"a\\\\":1,"a":2}',
    '"[[[[["',
    '[{"a":1},{"a":1}]',
  ])('passes %s', (text) => {
    expect(scanJson(text, 3)).toBeNull();
  });

  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"x":{"a":[{"b":1}],"a" :2}}', 'a'],
    ['{"\\u0061":1,"a"\n:2}', 'a'],
    ['{"":1,"":2}', ''],
  ])('finds the key that %s gives twice', (text, key) => {
    expect(scanJson(text, 9)).toEqual({ kind: 'duplicate', key });
  });

  it('finds brackets beyond the depth', () => {
    expect(scanJson('[[[]]]', 3)).toBeNull();
    expect(scanJson('[[{"a":[]}]]', 3)).toEqual({ kind: 'deep' });
  });
});
