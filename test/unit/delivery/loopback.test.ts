import { describe, expect, it } from 'vitest';
import { expectGuarded } from '../../../src/delivery/loopback.js';

describe('expectGuarded', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('lets %s be', (host) => {
    expect(() => {
      expectGuarded(host, false);
    }).not.toThrow();
  });

  it.each(['0.0.0.0', '::', '192.168.0.1', '128.0.0.1', 'example.org', 'localhost.example.org', ''])(
    'refuses %j',
    (host) => {
      expect(() => {
        expectGuarded(host, false);
      }).toThrow(expect.objectContaining({ code: 'host_not_loopback' }));
    },
  );

  it('lets any address be once there are keys', () => {
    expect(() => {
      expectGuarded('0.0.0.0', true);
    }).not.toThrow();
  });
});
