import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../src/shared/errors.js';

describe('messageOf', () => {
  it('is the message of an error, and anything else as text', () => {
    expect(messageOf(new TypeError('no such host'))).toBe('no such host');
    expect(messageOf('no such host')).toBe('no such host');
  });

  it('tells what several errors say where the one that holds them says nothing', () => {
    const errors = [new Error('connect ECONNREFUSED ::1:80'), new Error('connect ECONNREFUSED 127.0.0.1:80')];
    expect(messageOf(new AggregateError(errors))).toBe(
      'connect ECONNREFUSED ::1:80, connect ECONNREFUSED 127.0.0.1:80',
    );
    expect(messageOf(new AggregateError(errors, 'no address answers'))).toBe('no address answers');
  });
});
