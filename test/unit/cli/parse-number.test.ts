import { describe, expect, it } from 'vitest';
import { realNumber, timeInSeconds, wholeNumber } from '../../../src/cli/parse-number.js';

describe('wholeNumber', () => {
  it('takes whole numbers of its range', () => {
    expect([wholeNumber(1, 9)('1'), wholeNumber(1, 9)('9')]).toEqual([1, 9]);
  });

  it.each(['0', '10', '-1', '1.5', 'x', '', '1e0', '0x1', ' 1'])('refuses %j', (text) => {
    expect(() => wholeNumber(1, 9)(text)).toThrow('from 1 to 9');
  });
});

describe('realNumber', () => {
  it('takes decimals of its range, the lower bound when it belongs to it', () => {
    const at = realNumber(0, 2, true);
    expect([at('0'), at('.5'), at('2')]).toEqual([0, 0.5, 2]);
    expect(() => realNumber(0, 1, false)('0')).toThrow('above 0');
  });

  it.each(['-1', '2.1', 'NaN', 'Infinity', '1e3', '1,5', ''])('refuses %j', (text) => {
    expect(() => realNumber(0, 2, true)(text)).toThrow('number from 0 to 2');
  });
});

describe('timeInSeconds', () => {
  it.each([
    ['90', 90],
    ['12.5', 12.5],
    ['1:30', 90],
    ['0:01:30.5', 90.5],
    ['100:00:00', 360_000],
  ])('reads %s', (text, seconds) => {
    expect(timeInSeconds(text)).toBe(seconds);
  });

  it.each(['', '-1', '1:60', '1:75:00', '1:', ':30', 'soon', '1:2:3:4'])('refuses %j', (text) => {
    expect(() => timeInSeconds(text)).toThrow('must be a time');
  });
});
