import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { messageOf } from '../../shared/errors.js';
import type { LiveEnd } from './live-end.js';
import type { LivePolicy } from './live-policy.js';

/** ffmpeg names hosts and headers; more than this is not its own doing. */
const MAX_HEADER_BYTES = 16 * 1024;
const LAST_PORT = 65_535;

/**
 * The way out of an ffmpeg that reads HTTP: a proxy on loopback that asks the policy about every host, those of
 * redirects and playlists too. It connects to nothing before the policy has agreed. Whoever opens one closes it.
 */
export class HttpGate {
  readonly #policy: LivePolicy;
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  #trouble: LiveEnd | null = null;

  private constructor(policy: LivePolicy) {
    this.#policy = policy;
    this.#server = createServer({ maxHeaderSize: MAX_HEADER_BYTES });
    this.#server.on('request', (asked, answer) => {
      this.#forward(asked, answer).catch(() => answer.destroy());
    });
    this.#server.on('connect', (asked, socket) => {
      this.#tunnel(asked, socket).catch(() => socket.destroy());
    });
    this.#server.on('connection', (socket) => {
      this.#keep(socket);
    });
  }

  static async open(policy: LivePolicy): Promise<HttpGate> {
    const gate = new HttpGate(policy);
    gate.#server.listen(0, '127.0.0.1');
    await once(gate.#server, 'listening');
    return gate;
  }

  /** What ffmpeg is told. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Why something was not let through, or did not answer, last; null when nothing was. */
  get trouble(): LiveEnd | null {
    return this.#trouble;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** `GET http://host/path`. */
  async #forward(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    let url: URL;
    try {
      url = new URL(asked.url ?? '');
      if (url.protocol !== 'http:') throw new TypeError('not http');
    } catch {
      answer.writeHead(400).end();
      return;
    }
    if (!(await this.#allows('http', url.hostname, url.port))) {
      answer.writeHead(403).end();
      return;
    }
    const { method, headers } = asked;
    const ahead = request({
      ...{ host: bare(url.hostname), port: url.port === '' ? 80 : Number(url.port) },
      ...{ path: `${url.pathname}${url.search}`, method, headers, agent: false },
    });
    answer.once('close', () => {
      ahead.destroy();
    });
    ahead.once('response', (response) => {
      this.#trouble = this.#trouble?.isFinal === true ? this.#trouble : null;
      try {
        answer.writeHead(response.statusCode ?? 502, response.headers);
      } catch (error) {
        // Node reads answers that it would not write: a status of 000, say.
        this.#unreachable(error as Error);
        ahead.destroy();
        answer.writeHead(502).end();
        return;
      }
      response.pipe(answer);
      response.once('error', () => {
        answer.destroy();
      });
    });
    ahead.once('error', (error) => {
      this.#unreachable(error);
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(502).end();
    });
    asked.pipe(ahead);
  }

  /** `CONNECT host:443`. */
  async #tunnel(asked: IncomingMessage, socket: Duplex): Promise<void> {
    socket.on('error', () => {
      socket.destroy();
    });
    const [, host = '', port = ''] = /^(\[[\da-f:.]+\]|[^:[\]]+):(\d{1,5})$/i.exec(asked.url ?? '') ?? [];
    if (Number(port) > LAST_PORT) {
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      return;
    }
    if (host === '' || !(await this.#allows('https', host, port))) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const ahead = connect({ host: bare(host), port: Number(port) });
    this.#keep(ahead);
    ahead.once('connect', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      ahead.pipe(socket).pipe(ahead);
    });
    ahead.once('error', (error) => {
      this.#unreachable(error);
      socket.destroy();
    });
    ahead.once('close', () => socket.destroy());
    socket.once('close', () => ahead.destroy());
  }

  async #allows(scheme: 'http' | 'https', hostname: string, port: string): Promise<boolean> {
    const host = bare(hostname).toLowerCase();
    try {
      await this.#policy({ kind: 'network', scheme, host, port: port === '' ? null : Number(port) });
      return true;
    } catch (error) {
      const reason = `the source refers to something that may not be opened (${messageOf(error)})`;
      this.#trouble = { code: 'stream_url_refused', reason, isFinal: true };
      return false;
    }
  }

  #unreachable(error: Error): void {
    if (this.#trouble?.isFinal === true) return;
    const reason = `nothing answers at that address and port (${messageOf(error)})`;
    this.#trouble = { code: 'stream_unreachable', reason, isFinal: false };
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

/** Without the brackets of an IPv6 address. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
