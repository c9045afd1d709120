import { vi } from 'vitest';
import { WebSocket } from 'ws';

export type Message = Record<string, unknown> & {
  readonly type: string;
  readonly event?: Record<string, unknown>;
};

/** A client of `/v1/live` that keeps all it got. */
export class LiveConnection {
  readonly got: Message[] = [];
  readonly closed: Promise<number>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.got.push(JSON.parse(data.toString()) as Message));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.on('close', resolve));
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<LiveConnection> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/live`, { headers });
    const connection = new LiveConnection(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return connection;
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async subscribe(topic: string, over: object = {}): Promise<Message> {
    this.send({ type: 'subscribe', topic, ...over });
    return this.until((message) => message.type === 'subscribed' && message['topic'] === topic);
  }

  /** Waits for a message that fits. */
  until(fits: (message: Message) => boolean): Promise<Message> {
    return vi.waitFor(
      () => {
        const found = this.got.find(fits);
        if (found === undefined)
          throw new Error(`it has not come; there are ${JSON.stringify(this.got.slice(-5)).slice(0, 500)}`);
        return found;
      },
      { timeout: 10_000, interval: 5 },
    );
  }

  /** The numbers of the events that came, in their order. */
  get numbers(): number[] {
    return this.got.flatMap(({ seq }) => (typeof seq === 'number' ? [seq] : []));
  }
}
