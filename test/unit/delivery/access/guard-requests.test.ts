import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, it, vi } from 'vitest';
import { Access } from '../../../../src/delivery/access/access.js';
import type { AccessGate } from '../../../../src/delivery/access/access-gate.js';
import { guardRequests } from '../../../../src/delivery/access/guard-requests.js';

function guarded() {
  let admit: (access: Access) => void = () => undefined;
  const forget = vi.fn();
  const onRevoked = vi.fn<AccessGate['onRevoked']>(() => forget);
  const gate = { admit: () => new Promise<Access>((resolve) => (admit = resolve)), onRevoked };
  const request = Object.assign(new IncomingMessage(new Socket()), { url: '/v1/videos', method: 'GET' });
  request.headers.host = '127.0.0.1';
  const response = new ServerResponse(request);
  const next = vi.fn();
  const site = { host: '127.0.0.1', isOpen: () => false, origins: [] };
  guardRequests(gate as unknown as AccessGate, site)(request, response, next);
  const admitted = async (): Promise<void> => {
    admit(Access.everything());
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { admitted, response, next, onRevoked, forget };
}

it('lets a request on once it is admitted, and cuts it off when its key is revoked', async () => {
  const { admitted, response, next, onRevoked, forget } = guarded();
  expect(next).not.toHaveBeenCalled();
  await admitted();
  expect(next).toHaveBeenCalledTimes(1);
  onRevoked.mock.calls[0]?.[1]();
  expect(response.destroyed).toBe(true);
  response.emit('close');
  expect(forget).toHaveBeenCalledTimes(1);
});

it('lets none on whose client has gone meanwhile, and keeps nothing of it', async () => {
  const { admitted, response, next, onRevoked } = guarded();
  response.destroy();
  await admitted();
  expect(next).not.toHaveBeenCalled();
  expect(onRevoked).not.toHaveBeenCalled();
});
