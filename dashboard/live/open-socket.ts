import { askForKey } from '../api/access-state.js';
import { apiKey } from '../api/api-key.js';
import { keyIn } from '../api/key-in.js';
import { UNAUTHORIZED } from './unauthorized.js';

const PROTOCOL = 'palistream';

/** Opens the WebSocket of the server the page came from, with the key if there is one. */
export function openSocket(): WebSocket {
  const url = new URL('/v1/live', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const key = keyIn(apiKey() ?? ''); // with another text a socket is not even opened
  // A page cannot send headers with a WebSocket; the server takes the key among the protocols.
  const socket = key === null ? new WebSocket(url) : new WebSocket(url, [PROTOCOL, `${PROTOCOL}.key.${key}`]);
  socket.addEventListener('close', ({ code }) => {
    if (code === UNAUTHORIZED) askForKey();
  });
  return socket;
}
