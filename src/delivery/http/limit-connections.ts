import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** A client that has not sent the head of its request by then is cut off. */
const HEADERS_MS = 15_000;
/** So long an upload may take; one that takes longer goes on where it was with tus. */
const REQUEST_MS = 3600_000;
/** Refused ones may linger for their answer; beyond these they are cut without one. */
const LINGERING = 200;
const REFUSAL = JSON.stringify({
  error: {
    code: 'too_many_connections',
    message: 'the server has all the connections it may have: try again later',
  },
});
const REFUSED = Buffer.from(
  'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Type: application/json\r\n' +
    `Content-Length: ${Buffer.byteLength(REFUSAL)}\r\n\r\n${REFUSAL}`,
);

/** Bounds what connections cost: how many there are, and how long one may take to say what it wants. */
export function limitConnections(server: Server, maxConnections: number): void {
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.maxConnections = maxConnections + LINGERING;
  let open = 0;
  const counted = new WeakSet<Socket>();
  server.prependListener('connection', (socket: Socket) => {
    if (counted.has(socket)) return; // it was given back by `declineUpgrades`
    counted.add(socket);
    open++;
    socket.once('close', () => {
      open--;
    });
    if (open > maxConnections) socket.end(REFUSED, () => socket.destroy());
  });
}
