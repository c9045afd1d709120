import type { ClientMessage } from '../../src/delivery/live/client-message.js';
import type { ServerMessage } from '../../src/delivery/live/server-message.js';
import { UNAUTHORIZED } from './unauthorized.js';

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
/** How often the server is asked for a sign of life; without any until the next time, the connection is dead. */
const PING_MS = 20_000;
/** So long there is for one when the network or the page has come back. */
const LOOK_MS = 5000;

/**
 * The page's one WebSocket to `/v1/live`. It comes again by itself, also where the connection died without a word, and
 * sooner when the network or the page is back; what was followed is for its listeners to resume. Only from a server that
 * wants a key it stays away: whoever gives one loads the page again.
 */
export class LiveLink {
  readonly #listeners = new Set<LinkListener>();
  readonly #watchers = new Set<() => void>();
  #socket: WebSocket | null = null;
  #state: LinkState = 'connecting';
  #attempt = 0;
  #hasBegun = false;
  #timer: number | null = null;
  /** Takes the listeners from the socket. */
  #deaf = new AbortController();
  /** Something has come since the last ping. */
  #isHeard = false;
  #beat: number | undefined;

  /** @param open makes the socket; called anew for every attempt */
  constructor(private readonly open: () => WebSocket) {
    window.addEventListener('online', () => {
      this.#look();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#look();
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
    this.#deaf = new AbortController();
    const { signal } = this.#deaf;
    socket.addEventListener(
      'open',
      () => {
        this.#isHeard = true;
        this.#set('open');
        for (const listener of this.#listeners) listener.opened();
      },
      { signal },
    );
    socket.addEventListener(
      'message',
      ({ data }: MessageEvent<string>) => {
        this.#isHeard = true;
        this.#attempt = 0; // a server that turns the page away opens the socket too
        const message = JSON.parse(data) as ServerMessage;
        for (const listener of this.#listeners) listener.message(message);
      },
      { signal },
    );
    socket.addEventListener(
      'close',
      ({ code }) => {
        this.#lose(code !== UNAUTHORIZED);
      },
      { signal },
    );
    this.#expect(PING_MS);
  }

  /** Something must come in this time, be it that the socket opens. */
  #expect(waitMs: number): void {
    this.#isHeard = false;
    window.clearTimeout(this.#beat);
    this.#beat = window.setTimeout(() => {
      if (this.#isHeard) this.#ping(PING_MS);
      else this.#drop();
    }, waitMs);
  }

  #ping(waitMs: number): void {
    this.send({ type: 'ping' });
    this.#expect(waitMs);
  }

  /** The network or the page is back. Where an answer is waited for already, its time runs on. */
  #look(): void {
    if (this.#timer !== null) this.#connect();
    else if (this.#isHeard) this.#ping(LOOK_MS);
  }

  /** Does not wait for the end of a dead connection, which may take minutes. */
  #drop(): void {
    this.#deaf.abort();
    this.#socket?.close();
    this.#lose(true);
  }

  #lose(isToRetry: boolean): void {
    this.#socket = null;
    window.clearTimeout(this.#beat);
    this.#isHeard = false;
    if (isToRetry) this.#retry();
    this.#set('lost');
    for (const listener of this.#listeners) listener.lost();
  }

  #retry(): void {
    const wait = RETRY_MS[Math.min(this.#attempt, RETRY_MS.length - 1)];
    this.#attempt++;
    this.#timer = window.setTimeout(() => {
      this.#connect();
    }, wait);
  }

  #set(state: LinkState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}
