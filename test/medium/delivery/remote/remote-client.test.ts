import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { RemoteClient, type RemoteRequest } from '../../../../src/delivery/remote/remote-client.js';
import { RemotePolicy } from '../../../../src/delivery/remote/remote-policy.js';

const PUBLIC = '93.184.215.14';
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A web of one server on this machine, under any public address; every connection and every question is noted. */
async function web(serve: RequestListener, names: Record<string, string[][]> = {}) {
  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const connected: string[] = [];
  const resolved: string[] = [];
  const sockets: Socket[] = [];
  const resolve = (host: string): Promise<string[]> => {
    resolved.push(host);
    const answers = names[host] ?? [[PUBLIC]];
    return Promise.resolve(answers[Math.min(resolved.length, answers.length) - 1] ?? []);
  };
  const client = new RemoteClient(new RemotePolicy({ resolve }), (to) => {
    connected.push(`${to.host}:${to.port}`);
    const socket = connect({ host: '127.0.0.1', port });
    sockets.push(socket);
    return socket;
  });
  return { client, connected, resolved, sockets };
}

const LIMITS: RemoteRequest = { maxBytes: 1000, timeoutMs: 10_000 };

async function read(client: RemoteClient, url: string, over: Partial<RemoteRequest> = {}) {
  return client.request(url, { ...LIMITS, ...over }, async (answer) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    const { status, contentType, url: from } = answer;
    return { status, contentType, from: from.href, text: Buffer.concat(chunks).toString() };
  });
}

describe('the client of addresses from requests', () => {
  it('reads what lies there, over a connection to the address that was checked', async () => {
    const { client, connected, resolved, sockets } = await web((request, response) => {
      response.setHeader('content-type', 'Video/MP4; codecs=h264');
      response.end(`${request.method ?? ''} ${request.headers.host ?? ''}${request.url ?? ''}`);
    });
    expect(await read(client, 'http://videos.example/a?b=c')).toEqual({
      status: 200,
      contentType: 'video/mp4',
      from: 'http://videos.example/a?b=c',
      text: 'GET videos.example/a?b=c',
    });
    expect([resolved, connected]).toEqual([['videos.example'], [`${PUBLIC}:80`]]);
    expect(sockets.every((socket) => socket.destroyed)).toBe(true);
  });

  it('resolves a name once: one that changes its address in between changes nothing', async () => {
    const rebinding = { 'evil.example': [[PUBLIC], ['127.0.0.1']] };
    const { client, connected } = await web((_, response) => response.end('ok'), rebinding);
    await read(client, 'http://evil.example/');
    expect(connected).toEqual([`${PUBLIC}:80`]);
    await expect(read(client, 'http://evil.example/')).rejects.toMatchObject({ code: 'url_refused' });
    expect(connected).toHaveLength(1);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'file:///etc/passwd',
    'http://inner.example/',
  ])('does not connect for a redirect to %s', async (location) => {
    const { client, connected } = await web(
      (_, response) => {
        response.writeHead(302, { location }).end();
      },
      { 'inner.example': [['10.0.0.1']] },
    );
    await expect(read(client, 'http://videos.example/')).rejects.toMatchObject({ code: 'url_refused' });
    expect(connected).toEqual([`${PUBLIC}:80`]);
  });

  it('follows a few redirects, and takes the headers of a request nowhere else', async () => {
    const seen: (string | undefined)[] = [];
    const { client, connected } = await web((request, response) => {
      seen.push(request.headers.authorization);
      const [, place = ''] = /(\d+)/.exec(request.url ?? '') ?? [];
      if (place === '0') response.end('here');
      else response.writeHead(302, { location: `http://b.example/${Number(place) - 1}` }).end();
    });
    const headers = { authorization: 'Bearer x' };
    expect((await read(client, 'http://a.example/3', { headers })).text).toBe('here');
    expect(seen).toEqual(['Bearer x', undefined, undefined, undefined]);
    await expect(read(client, 'http://a.example/4')).rejects.toThrow(/leads on more than 3 times/);
    expect(connected).toHaveLength(8);
    expect((await read(client, 'http://a.example/1', { maxRedirects: 0 })).status).toBe(302);
  });

  it('takes no more bytes than it may, told or not', async () => {
    const { client, sockets } = await web((request, response) => {
      if (request.url === '/told') response.setHeader('content-length', 5000);
      response.write('x'.repeat(600));
      if (request.url !== '/told') setTimeout(() => response.end('x'.repeat(600)), 20);
    });
    for (const url of ['http://a.example/told', 'http://a.example/untold']) {
      await expect(read(client, url)).rejects.toMatchObject({ code: 'url_too_large' });
    }
    expect(sockets.every((socket) => socket.destroyed)).toBe(true);
  });

  it('gives up a host that is cut off, too slow, not there, or no longer wanted', async () => {
    const { client, sockets } = await web((request, response) => {
      if (request.url === '/cut') {
        response.writeHead(200, { 'content-length': 100 });
        response.write('x');
        setTimeout(() => response.destroy(), 20);
      }
    });
    const isGone = { code: 'url_unreachable', name: 'RetryableError' };
    await expect(read(client, 'http://a.example/cut')).rejects.toMatchObject(isGone);
    await expect(read(client, 'http://a.example/slow', { timeoutMs: 50 })).rejects.toMatchObject(isGone);
    const signal = AbortSignal.timeout(30);
    await expect(read(client, 'http://a.example/slow', { signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(sockets.every((socket) => socket.destroyed)).toBe(true);
    const nobody = new RemoteClient(new RemotePolicy({ resolve: () => Promise.resolve([PUBLIC]) }), () =>
      connect({ host: '127.0.0.1', port: 1 }),
    );
    await expect(read(nobody, 'http://a.example/secret?token=x')).rejects.toMatchObject(isGone);
    await expect(read(nobody, 'http://a.example/secret?token=x')).rejects.not.toThrow(/secret|token/);
  });

  it('sends a body to those who take one', async () => {
    const { client } = await web((request, response) => {
      request.pipe(response.writeHead(202));
    });
    const sent = { method: 'POST', body: '{"a":1}', maxRedirects: 0 } as const;
    expect(await read(client, 'http://hooks.example/', sent)).toMatchObject({ status: 202, text: '{"a":1}' });
  });
});
