import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { errorAnswer } from '../http/error-body.js';
import { expectSameSite } from '../http/expect-same-site.js';
import { requestId } from '../logging/request-id.js';
import { type RequestScope, requestScope } from '../logging/request-scope.js';
import { CLOSE_CODES } from './close-codes.js';
import { LiveClient, type LiveSetting, type LiveSocket } from './live-client.js';

export const LIVE_PATH = '/v1/live';

/** The WebSocket side of the server: who connects, who is alive, who is cut off. */
export class LiveServer {
  readonly #sockets: WebSocketServer;
  readonly #alive = new WeakSet<WebSocket>();
  #heart: NodeJS.Timeout | null = null;
  readonly #clients = new Set<LiveClient>();
  #isClosing = false;

  /** @param host address the server listens on */
  constructor(
    private readonly host: string,
    private readonly setting: LiveSetting,
  ) {
    const maxPayload = setting.limits.maxMessageBytes;
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  }

  /** How many clients are connected. */
  get clients(): number {
    return this.#sockets.clients.size;
  }

  attach(server: Server): void {
    const scopes = new WeakMap<IncomingMessage, RequestScope>();
    this.#sockets.on('headers', (headers, request) => {
      headers.push(`x-request-id: ${scopes.get(request)?.request_id ?? ''}`);
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      const scope = { request_id: requestId(request.headers['x-request-id']) };
      scopes.set(request, scope);
      const refusal = this.#refusal(request);
      if (refusal !== null) {
        socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (connected) => {
        this.#welcome(connected, scope);
      });
    });
    this.#heart = setInterval(() => {
      this.#beat();
    }, this.setting.limits.heartbeatMs);
  }

  /** Lets nobody in any more, and waits so long for questions that are being answered. */
  async drain(graceMs: number): Promise<void> {
    this.#isClosing = true;
    const answered = Promise.all([...this.#clients].map((client) => client.settled()));
    await Promise.race([answered, wait(graceMs, undefined, { ref: false })]);
  }

  /** Tells all clients that the server goes, and cuts those that do not answer in time. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#heart !== null) clearInterval(this.#heart);
    const gone = [...this.#sockets.clients].map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.once('close', () => {
            resolve();
          });
          shut(socket, CLOSE_CODES.goingAway, 'the server ends', this.setting.limits.closeGraceMs);
        }),
    );
    await Promise.all(gone);
    this.#sockets.close();
  }

  /** A status line; null when the client may come in. */
  #refusal(request: IncomingMessage): string | null {
    const path = (request.url ?? '').split('?')[0];
    if (path !== LIVE_PATH) return '404 Not Found';
    if (this.#isClosing || this.clients >= this.setting.limits.maxClients) return '503 Service Unavailable';
    try {
      expectSameSite(request.headers, this.host);
      return null;
    } catch (error) {
      return errorAnswer(error).status === 403 ? '403 Forbidden' : '421 Misdirected Request';
    }
  }

  #welcome(socket: WebSocket, scope: RequestScope): void {
    const { log } = this.setting;
    log.info(scope, 'client connected');
    const client = new LiveClient(liveSocket(socket, this.setting.limits.closeGraceMs), this.setting);
    this.#clients.add(client);
    this.#alive.add(socket);
    socket.on('pong', () => this.#alive.add(socket));
    socket.on('message', (data: RawData, isBinary: boolean) => {
      this.#alive.add(socket);
      requestScope.run(scope, () => {
        client.take(isBinary ? null : textOf(data));
      });
    });
    socket.on('error', () => undefined); // `close` follows, with the code that ws has chosen
    socket.on('close', (code) => {
      log.info({ ...scope, close_code: code }, 'client gone');
      this.#clients.delete(client);
      client.close();
    });
  }

  #beat(): void {
    for (const socket of this.#sockets.clients) {
      if (!this.#alive.has(socket)) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN) socket.ping();
      this.#alive.delete(socket);
    }
  }
}

function liveSocket(socket: WebSocket, graceMs: number): LiveSocket {
  return {
    get waitingBytes() {
      return socket.bufferedAmount;
    },
    send: (frame, sent) => {
      socket.send(frame, { binary: false }, sent);
    },
    close: (code, reason) => {
      shut(socket, code, reason, graceMs);
    },
  };
}

/** A client that does not read never answers the close: it is cut off then. */
function shut(socket: WebSocket, code: number, reason: string, graceMs: number): void {
  socket.close(code, reason);
  const cut = setTimeout(() => {
    socket.terminate();
  }, graceMs);
  socket.once('close', () => {
    clearTimeout(cut);
  });
}

/** ws gives one Buffer a message, unless it is asked for others. */
function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString('utf8') : '';
}
