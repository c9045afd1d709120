import { WebSocket } from 'ws';

/** A message of `/v1/live`, as far as it is looked at here. */
export interface FollowedMessage {
  readonly type: string;
  readonly seq?: number;
  readonly at?: string;
  readonly event?: Readonly<Record<string, unknown>>;
}

const RECONNECT_MS = 200;

/** A subscriber that comes back whenever its connection breaks off, and resumes by number. */
export class Follower {
  readonly kept: FollowedMessage[] = [];
  connections = 0;
  #socket: WebSocket | null = null;
  #isOver = false;

  constructor(
    /** Asked at every connection: the server may have another address by then. */
    private readonly url: () => string,
    readonly topic: string,
    private readonly onMessage: (message: FollowedMessage, receivedMs: number) => void = () => undefined,
    /** From the beginning, or from now on. */
    private readonly first: 0 | null = 0,
  ) {
    this.#connect();
  }

  get last(): number | null {
    return this.kept.at(-1)?.seq ?? this.first;
  }

  /** Breaks the connection off; it comes back by itself. */
  cut(): void {
    this.#socket?.terminate();
  }

  close(): void {
    this.#isOver = true;
    this.#socket?.terminate();
  }

  /** Waits until something holds. @throws after so long */
  async until(what: string, holds: (follower: this) => boolean, timeoutMs = 60_000): Promise<void> {
    for (const end = Date.now() + timeoutMs; !holds(this);) {
      if (Date.now() > end) {
        const last = JSON.stringify(
          this.kept.slice(-3).map(({ seq, event }) => [seq, event?.['kind'], event?.['state']]),
        );
        throw new Error(`${this.topic}: ${what} did not come within ${timeoutMs} ms; the last were ${last}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #connect(): void {
    if (this.#isOver) return;
    const socket = new WebSocket(`${this.url().replace('http', 'ws')}/v1/live`);
    this.#socket = socket;
    this.connections++;
    socket.on('open', () => {
      const { last, topic } = this;
      socket.send(JSON.stringify({ type: 'subscribe', topic, ...(last === null ? {} : { after: last }) }));
    });
    socket.on('message', (data: Buffer) => {
      if (socket !== this.#socket) return;
      const message = JSON.parse(data.toString()) as FollowedMessage;
      if (message.seq !== undefined) this.kept.push(message);
      this.onMessage(message, Date.now());
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      setTimeout(() => {
        this.#connect();
      }, RECONNECT_MS);
    });
  }
}
