/** What one client of `/v1/live` or of an event stream may take; docs/protocol.md shows the same table. */
export const LIVE_LIMITS = {
  /** Clients at a time; each holds a socket and some kilobytes. */
  maxClients: 10_000,
  /** A question and its framing; larger messages close the connection. */
  maxMessageBytes: 64 * 1024,
  /** Messages a second over time. */
  messagesPerSecond: 20,
  /** Messages at once: a client comes back with all its subscriptions and watches, each from two parts of a page. */
  messageBurst: 300,
  /** Topics a client listens to. */
  maxSubscriptions: 100,
  /** Streams a client watches. */
  maxWatches: 32,
  /** Clients that watch a stream as Motion JPEG, over all streams. */
  maxMotionClients: 256,
  /** Questions of a client that are not answered yet. */
  maxQuestions: 8,
  /** While more than this waits to be sent, passing events are dropped and replays wait. */
  passingBytes: 64 * 1024,
  /** A client for which more waits than this is cut off. */
  maxWaitingBytes: 1024 * 1024,
  /** How often the server asks for a sign of life; a client that gave none until the next time is cut off. */
  heartbeatMs: 30_000,
  /** How long a client may take to answer a close before its connection is cut. */
  closeGraceMs: 1000,
} as const;

export type LiveLimits = { readonly [Name in keyof typeof LIVE_LIMITS]: number };
