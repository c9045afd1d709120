import { expect, it } from 'vitest';
import { accessLine } from '../../../../src/delivery/logging/access-line.js';

const request = {
  method: 'GET',
  path: '/v1/videos',
  route: '/v1/videos',
  status: 200,
  seconds: 0.0123,
  isWhole: true,
  isStream: false,
};

it.each([
  [{}, 'info', 'request answered'],
  [{ path: '/health/ready' }, 'debug', 'request answered'],
  [{ path: '/metrics' }, 'debug', 'request answered'],
  [{ status: 404 }, 'warn', 'request answered'],
  [{ status: 503 }, 'warn', 'request answered'],
  [{ status: 500 }, 'error', 'request answered'],
  [{ isWhole: false }, 'info', 'request cut off'],
])('with %j is of level %s', (over, level, message) => {
  expect(accessLine({ ...request, ...over })).toMatchObject({ level, message });
});

it('has what was asked and how long it took', () => {
  expect(accessLine({ ...request, path: `/${'x'.repeat(999)}` }).fields).toEqual({
    method: 'GET',
    path: `/${'x'.repeat(299)}`,
    status: 200,
    ms: 12,
  });
});
