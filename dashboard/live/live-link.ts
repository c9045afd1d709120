import type { ClientMessage } from '../../src/delivery/live/client-message.js';
import type { ServerMessage } from '../../src/delivery/live/server-message.js';

export type LinkState = 'connecting' | 'open' | 'lost';

export interface LinkListener {
  /** A message about the listener's topic. */
  message(message: ServerMessage): void;
  /** The link is there: what is to be sent at its beginning is sent now. */
  opened(): void;
  lost(): void;
}

/** Waits between attempts, milliseconds; the last one again and again. */
const RETRY_MS = [250, 500, 1000, 2000, 4000];

/**
 * The page's one WebSocket to `/v1/live`. It comes again by itself, sooner when the browser says that the network is
 * back; what was followed is for its listeners to resume.
 */
export class LiveLink {
  readonly #listeners = new Set<LinkListener>();
  readonly #watchers = new Set<() => void>();
  #socket: WebSocket | null = null;
  #state: LinkState = 'connecting';
  #attempt = 0;
  #hasBegun = false;
  #timer: number | null = null;

  /** @param open makes the socket; called anew for every attempt */
  constructor(private readonly open: () => WebSocket) {
    window.addEventListener('online', () => {
      if (this.#timer !== null) this.#connect();
    });
  }

  get state(): LinkState {
    return this.#state;
  }

  /** For `useSyncExternalStore`. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#begin();
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Hears every message from now on, and whether the link stands; gives the way to end it. */
  listen(listener: LinkListener): () => void {
    this.#listeners.add(listener);
    this.#begin();
    if (this.#state === 'open') listener.opened();
    return () => this.#listeners.delete(listener);
  }

  /** False when the link is not there. */
  send(message: ClientMessage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#connect();
  }

  #connect(): void {
    if (this.#timer !== null) window.clearTimeout(this.#timer);
    this.#timer = null;
    this.#use(this.open());
  }

  #use(socket: WebSocket): void {
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#attempt = 0;
      this.#set('open');
      for (const listener of this.#listeners) listener.opened();
    });
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as ServerMessage;
      for (const listener of this.#listeners) listener.message(message);
    });
    socket.addEventListener('close', () => {
      this.#lose();
    });
  }

  #lose(): void {
    this.#socket = null;
    const wait = RETRY_MS[Math.min(this.#attempt, RETRY_MS.length - 1)];
    this.#attempt++;
    this.#timer = window.setTimeout(() => {
      this.#connect();
    }, wait);
    this.#set('lost');
    for (const listener of this.#listeners) listener.lost();
  }

  #set(state: LinkState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}
