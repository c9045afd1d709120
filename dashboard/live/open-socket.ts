/** Opens the WebSocket of the server the page came from. */
export function openSocket(): Promise<WebSocket> {
  const url = new URL('/v1/live', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return Promise.resolve(new WebSocket(url));
}
