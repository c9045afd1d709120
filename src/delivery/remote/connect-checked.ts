import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { messageOf, RetryableError } from '../../shared/errors.js';
import type { CheckedUrl } from './remote-policy.js';

/** Opens a TCP connection to an address, not to a name; the socket emits `connect` or `error`. */
export type Connect = (to: { readonly host: string; readonly port: number }) => Socket;

/** A host that has not answered by then is tried at its next address. */
const CONNECT_MS = 5000;
const MAX_TRIED = 4;

/**
 * Connects to the first checked address that answers, over TLS for https; the certificate must be the name's.
 * @throws RetryableError `url_unreachable`
 */
export async function connectChecked(
  { url, addresses, port }: CheckedUrl,
  open: Connect = connect,
): Promise<Socket> {
  let failure: unknown = 'it has no address';
  for (const host of addresses.slice(0, MAX_TRIED)) {
    try {
      const socket = await opened(open({ host, port }), 'connect');
      return url.protocol === 'https:' ? await secured(socket, url.hostname) : socket;
    } catch (error) {
      failure = error;
    }
  }
  throw new RetryableError(
    'url_unreachable',
    `${JSON.stringify(url.host)} cannot be reached (${messageOf(failure)}): check the address, or try again`,
    { cause: failure },
  );
}

function secured(socket: Socket, hostname: string): Promise<Socket> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const name = isIP(host) === 0 ? { servername: host } : {};
  return opened(connectTls({ socket, host, ...name, ALPNProtocols: ['http/1.1'] }), 'secureConnect');
}

function opened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => {
      fail(new Error(`no answer within ${CONNECT_MS} ms`));
    }, CONNECT_MS);
    socket.once('error', fail);
    socket.once(event, () => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}
