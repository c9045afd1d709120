import { describe, expect, it } from 'vitest';
import { expectLoopback } from '../../../src/delivery/loopback.js';

describe('expectLoopback', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('lets %s be', (host) => {
    expect(() => {
      expectLoopback(host);
    }).not.toThrow();
  });

  it.each(['0.0.0.0', '::', '192.168.0.1', '128.0.0.1', 'example.org', 'localhost.example.org', ''])(
    'refuses %j',
    (host) => {
      expect(() => {
        expectLoopback(host);
      }).toThrow(expect.objectContaining({ code: 'host_not_loopback' }));
    },
  );
});
