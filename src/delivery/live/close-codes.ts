/** With which codes the server closes a WebSocket; docs/protocol.md shows the same table. */
export const CLOSE_CODES = {
  /** The server ends or restarts: connect again, and resume by number. */
  goingAway: 1001,
  /** A binary message came: send text. */
  binaryRefused: 1003,
  /** No API key or ticket came, or one that is unknown, revoked or expired: connect with a good one. */
  unauthorized: 4001,
  /** More waited for the client than it may: read faster, or subscribe to less; then resume by number. */
  tooSlow: 4008,
  /** Too many messages: send fewer. */
  tooManyMessages: 4029,
} as const;
