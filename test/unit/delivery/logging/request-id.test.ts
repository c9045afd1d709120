import { expect, it } from 'vitest';
import { requestId } from '../../../../src/delivery/logging/request-id.js';

it.each(['a', 'req-1', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', 'x'.repeat(128)])(
  'takes %j of the client',
  (given) => {
    expect(requestId(given)).toBe(given);
  },
);

it.each([undefined, '', 'a b', 'a\nlevel=error', '{"a":1}', 'x'.repeat(129), 'ä', ['a', 'b']])(
  'makes its own in place of %j',
  (given) => {
    expect(requestId(given)).toMatch(/^[0-9a-f-]{36}$/);
    expect(requestId(given)).not.toBe(requestId(given));
  },
);
