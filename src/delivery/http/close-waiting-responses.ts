import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/**
 * Closes all responses of a connection that goes. Node closes the one whose turn it is; those that were asked for
 * behind it have no socket until their turn, and whatever is let go at their `close` would be held for ever.
 */
export function closeWaitingResponses(server: Server): void {
  const waiting = new WeakMap<Socket, Set<ServerResponse>>();
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    if (response.socket !== null) return;
    const others = waiting.get(socket) ?? closedWith(socket);
    waiting.set(socket, others.add(response));
    response.once('socket', () => others.delete(response));
    // Who sends files closes them when the socket closes, which such a response has never seen.
    response.on('pipe', (file: Readable) => response.once('close', () => file.destroy()));
  });
}

/** Responses that close with the connection. */
function closedWith(socket: Socket): Set<ServerResponse> {
  const responses = new Set<ServerResponse>();
  socket.once('close', () => {
    for (const response of responses) {
      response.destroy(); // writes go nowhere from here on
      response.emit('close');
    }
  });
  return responses;
}
