import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Serves requests that ask for anything but a WebSocket (curl and Java's client ask for `h2c` on every route) as if
 * they had not asked, which HTTP lets a server do.
 *
 * Node has a hook for that from 24.9 on. Before, such a request has left the HTTP server when it comes here, with its
 * body unread: it is put back before what follows it, without the header.
 */
export function declineUpgrades(server: Server): void {
  Object.assign(server, { shouldUpgradeCallback: asksForWebSocket });
  const answering = new WeakSet<Duplex>();
  server.on('request', ({ socket }: IncomingMessage, response) => {
    answering.add(socket);
    response.once('close', () => answering.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (asksForWebSocket(request)) return;
    // Node would never send its answer after one that is still being given.
    if (answering.has(socket)) {
      socket.destroy();
      return;
    }
    socket.unshift(Buffer.concat([headWithoutUpgrade(request), head]));
    server.emit('connection', socket);
  });
}

export function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

function headWithoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method ?? ''} ${url ?? ''} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.toLowerCase() !== 'upgrade') lines.push(`${name}: ${rawHeaders[i + 1] ?? ''}`);
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
