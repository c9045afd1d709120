import { describe, expect, it } from 'vitest';
import { errorLine } from '../../../src/cli/error-line.js';
import { exitCodeOf } from '../../../src/cli/exit-code.js';
import {
  BugError,
  CancelledError,
  CheckpointError,
  EnvironmentError,
  RequestError,
  RetryableError,
} from '../../../src/shared/errors.js';

describe('errorLine', () => {
  it('is one line, whatever the message has', () => {
    expect(errorLine(new RequestError('x', 'no such\n  file: check it'), false)).toBe(
      'palistream: no such file: check it\n',
    );
  });

  it('asks for a report of what nobody foresaw', () => {
    expect(errorLine(new TypeError('x is undefined'), false)).toMatch(
      /^palistream: x is undefined \(a bug: .*\)\n$/,
    );
    expect(errorLine(new BugError('x', 'broken'), false)).toContain('please report it');
    expect(errorLine('thrown text', false)).toContain('thrown text');
  });

  it('shows code, stack and causes when asked', () => {
    const error = new RequestError('bad_thing', 'bad', { cause: new Error('worse') });
    expect(errorLine(error, true)).toMatch(
      /^palistream: bad\n\[bad_thing\] RequestError: bad\n +at [\s\S]*caused by Error: worse\n +at /,
    );
  });
});

describe('exitCodeOf', () => {
  it.each([
    [new RequestError('x', 'm'), 2],
    [new CheckpointError('x', 'm'), 2],
    [new EnvironmentError('x', 'm'), 2],
    [new RetryableError('x', 'm'), 1],
    [new BugError('x', 'm'), 1],
    [new CancelledError(), 130],
    [new TypeError('m'), 1],
    ['text', 1],
  ])('of %s', (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});
