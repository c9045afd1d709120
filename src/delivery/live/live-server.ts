import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { Access } from '../access/access.js';
import type { AccessGate } from '../access/access-gate.js';
import { LIVE_PROTOCOL } from '../access/credentials.js';
import { errorAnswer } from '../http/error-body.js';
import { asksForWebSocket, declineUpgrades } from '../http/decline-upgrades.js';
import { expectSameSite, type Site } from '../http/expect-same-site.js';
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

  constructor(
    private readonly site: Site,
    private readonly gate: AccessGate,
    private readonly setting: LiveSetting,
  ) {
    const maxPayload = setting.limits.maxMessageBytes;
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload,
      perMessageDeflate: false,
      handleProtocols: (offered) => (offered.has(LIVE_PROTOCOL) ? LIVE_PROTOCOL : false),
    });
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
    declineUpgrades(server);
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (!asksForWebSocket(request)) return;
      socket.on('error', () => socket.destroy());
      const scope = { request_id: requestId(request.headers['x-request-id']) };
      scopes.set(request, scope);
      void this.#answer(request, socket, head, scope);
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

  /**
   * Refuses with a status before a connection stands; but a missing or bad key by closing one, as browsers tell a page
   * a close code and no status.
   */
  async #answer(request: IncomingMessage, socket: Duplex, head: Buffer, scope: RequestScope): Promise<void> {
    let access: Access | null = null;
    try {
      const status = this.#unavailable(request);
      if (status !== null) {
        refuse(socket, status);
        return;
      }
      expectSameSite(request.headers, this.site);
      access = await this.gate.admit(request);
    } catch (error) {
      const { status, headers } = errorAnswer(error);
      if (status !== 401) {
        refuse(socket, status, headers);
        return;
      }
    }
    if (socket.destroyed) return;
    this.#sockets.handleUpgrade(request, socket, head, (connected) => {
      if (access !== null) this.#welcome(connected, access, scope);
      else this.#turnAway(connected);
    });
  }

  #unavailable(request: IncomingMessage): number | null {
    if ((request.url ?? '').split('?')[0] !== LIVE_PATH) return 404;
    return this.#isClosing || this.clients >= this.setting.limits.maxClients ? 503 : null;
  }

  #turnAway(socket: WebSocket): void {
    socket.on('error', () => undefined);
    const { closeGraceMs } = this.setting.limits;
    shut(socket, CLOSE_CODES.unauthorized, 'send a valid API key or ticket', closeGraceMs);
  }

  #welcome(socket: WebSocket, access: Access, scope: RequestScope): void {
    const { log } = this.setting;
    log.info(scope, 'client connected');
    const { closeGraceMs } = this.setting.limits;
    const client = new LiveClient(liveSocket(socket, closeGraceMs), this.setting, access);
    this.#clients.add(client);
    const forget = this.gate.onRevoked(access, () => {
      client.close();
      shut(socket, CLOSE_CODES.unauthorized, 'the API key counts no more', closeGraceMs);
    });
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
      forget();
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

/** Closes both halves: a client that keeps its own open would hold the connection, and the server's end, for ever. */
function refuse(socket: Duplex, status: number, headers: Readonly<Record<string, string>> = {}): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`,
    () => socket.destroy(),
  );
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
