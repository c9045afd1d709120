import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RETRY_SECONDS } from '../../../src/delivery/webhooks/retry-wait.js';
import { call, idOf, post, type Answer } from './http-calls.js';
import { newFolder, scriptedServer, type ScriptedOptions, type ScriptedServer } from './scripted-server.js';

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly data: { readonly topic: string; readonly seq: number; readonly event: Record<string, unknown> };
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A receiver on this machine; answers what it is told to, and null never. */
async function receiver(answer: (got: Got, count: number) => number | null = () => 204) {
  const got: Got[] = [];
  const moved: string[] = [];
  let open = 0;
  const most = { open: 0 };
  const web = createServer((request, response) => {
    if (request.url === '/moved') moved.push('moved');
    let body = '';
    most.open = Math.max(most.open, ++open);
    response.once('close', () => open--);
    request.on('data', (text: Buffer) => (body += text.toString()));
    request.on('end', () => {
      const one = { headers: request.headers, body, data: (JSON.parse(body) as Pick<Got, 'data'>).data };
      got.push(one);
      const status = answer(one, got.length);
      if (status === null) return;
      response.writeHead(status, status === 302 ? { location: '/moved' } : {}).end();
    });
  });
  await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening));
  closing.push(() => {
    web.closeAllConnections();
    web.close();
  });
  const { port } = web.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, host: `127.0.0.1:${port}`, got, moved, most };
}

type Receiver = Awaited<ReturnType<typeof receiver>>;

/** A server whose clock the test moves on. */
async function server(to: Receiver, options: ScriptedOptions = {}) {
  const clock = { ms: Date.now() };
  const webhooks = { allow: [to.host], ...options.webhooks, now: () => clock.ms };
  const started = await scriptedServer({ ...options, webhooks });
  const publish = async (topic: string, text: string, kind = 'caption'): Promise<void> => {
    await started.services.hub.publish(topic, [{ event: { kind, text } }]);
  };
  const later = async (seconds: number): Promise<void> => {
    clock.ms += seconds * 1000;
    await publish('streams/clock', 'wakes the sender', 'tick');
  };
  return { ...started, clock, publish, later };
}

function hook({ url }: ScriptedServer, to: Receiver, over: object = {}): Promise<Answer> {
  return post(`${url}/v1/webhooks`, { url: to.url, kinds: ['caption', 'answer'], ...over });
}

const texts = ({ got }: Receiver) => got.map(({ data }) => data.event['text']);
const arrived = (to: Receiver, count: number) =>
  vi.waitFor(() => {
    expect(to.got).toHaveLength(count);
  }, 10_000);
const standing = async ({ url }: ScriptedServer, made: Answer, fits: object) =>
  vi.waitFor(async () => {
    expect((await call(`${url}/v1/webhooks/${idOf(made)}`)).body).toMatchObject(fits);
  }, 10_000);

describe('a webhook', () => {
  it('gets the events it wants, signed as Standard Webhooks are, and none from before it was made', async () => {
    const to = await receiver();
    const app = await server(to);
    await app.publish('streams/a', 'too early');
    const made = await hook(app, to, { topics: ['streams/a', 'videos/*'] });
    expect(made).toMatchObject({ status: 201, body: { state: 'active', waiting: 0, dead: 0 } });
    await app.publish('streams/a', 'one');
    await app.publish('streams/b', 'of another topic');
    await app.publish('videos/c', 'two');
    await app.publish('streams/a', 'of another kind', 'state');
    await app.publish('streams/a', 'three');
    await arrived(to, 3);
    expect(texts(to).sort()).toEqual(['one', 'three', 'two']);
    const verifier = new Webhook(String(made.body['secret']));
    for (const { body, headers } of to.got) {
      const told = verifier.verify(body, headers as Record<string, string>);
      expect(told).toMatchObject({ type: 'caption', data: { event: { kind: 'caption' } } });
      expect(() => verifier.verify(`${body} `, headers as Record<string, string>)).toThrow();
    }
    expect(new Set(to.got.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    const told = (await call(`${app.url}/v1/webhooks`)).body;
    expect(told).toMatchObject({ total: 1, webhooks: [{ id: idOf(made), url: to.url }] });
    expect(JSON.stringify(told)).not.toContain('whsec_');
    expect(app.bugs).toEqual([]);
  });

  it('that fails is tried again with the same id, in order, and holds up its topic alone', async () => {
    const to = await receiver(({ data }, count) => (data.topic === 'streams/a' && count < 4 ? 500 : 200));
    const app = await server(to);
    const made = await hook(app, to);
    for (const text of ['a1', 'a2', 'a3']) await app.publish('streams/a', text);
    await arrived(to, 1);
    await app.publish('streams/b', 'b1');
    await arrived(to, 2);
    await standing(app, made, { waiting: 3, state: 'active', failing_since: null });
    await app.later(RETRY_SECONDS[0] - 1);
    await app.later(1);
    await arrived(to, 3);
    const waiting = await vi.waitFor(async () => {
      const { body } = await call(`${app.url}/v1/webhooks/${idOf(made)}/deliveries?state=waiting`);
      expect(body).toMatchObject({
        total: 3,
        deliveries: [{ attempts: 2, failure: 'the receiver answered 500' }, {}, {}],
      });
      return body;
    }, 20_000);
    expect(waiting).toMatchObject({ deliveries: [{ topic: 'streams/a', event: { text: 'a1' } }, {}, {}] });
    await app.later(RETRY_SECONDS[1]);
    await arrived(to, 6);
    expect(texts(to)).toEqual(['a1', 'b1', 'a1', 'a1', 'a2', 'a3']);
    const ids = to.got
      .filter(({ data }) => data.event['text'] === 'a1')
      .map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    await standing(app, made, { waiting: 0, dead: 0 });
  });

  it.each([
    ['hangs', null, /200 ms/],
    ['redirects', 302, /answered 302/],
  ])('that %s has not got it', async (_, status, why) => {
    const to = await receiver(() => status);
    const app = await server(to, { webhooks: { allow: [to.host], limits: { answerMs: 200 } } });
    const made = await hook(app, to);
    await app.publish('streams/a', 'one');
    await standing(app, made, { waiting: 1, failing_since: expect.any(String) as string });
    const { body } = await call(`${app.url}/v1/webhooks/${idOf(made)}/deliveries?state=waiting`);
    expect((body['deliveries'] as { failure: string }[])[0]?.failure).toMatch(why);
    expect(to.moved).toEqual([]);
  });

  it('that fails again and again has its deliveries laid aside, from where they are sent anew', async () => {
    let isWell = false;
    const to = await receiver(() => (isWell ? 200 : 500));
    const app = await server(to);
    const made = await hook(app, to);
    await app.publish('streams/a', 'one');
    await arrived(to, 1);
    for (const [i, seconds] of RETRY_SECONDS.entries()) {
      await standing(app, made, { waiting: 1 });
      await vi.waitFor(async () => {
        const { body } = await call(`${app.url}/v1/webhooks/${idOf(made)}/deliveries?state=waiting`);
        expect(body).toMatchObject({ deliveries: [{ attempts: i + 1 }] });
      }, 20_000);
      await app.later(seconds);
      await arrived(to, i + 2);
    }
    await standing(app, made, { waiting: 0, dead: 1, state: 'active' });
    const list = await call(`${app.url}/v1/webhooks/${idOf(made)}/deliveries`);
    const [dead] = list.body['deliveries'] as { id: string }[];
    expect(dead).toMatchObject({ state: 'dead', attempts: RETRY_SECONDS.length + 1, event: { text: 'one' } });
    isWell = true;
    const again = `${app.url}/v1/webhooks/${idOf(made)}/deliveries/${dead?.id ?? ''}/redeliver`;
    expect(await post(again, {})).toMatchObject({ status: 200, body: { redelivered: 1 } });
    await standing(app, made, { waiting: 0, dead: 0, failing_since: null });
    expect(to.got.at(-1)?.headers['webhook-id']).toBe(dead?.id);
    expect(await post(again, {})).toMatchObject({
      status: 404,
      body: { error: { code: 'delivery_not_found' } },
    });
  });

  it('is sent what waited when the server ended, also to a server that starts anew', async () => {
    const folder = newFolder();
    let isWell = false;
    const to = await receiver(() => (isWell ? 200 : null));
    const first = await server(to, { folder });
    const made = await hook(first, to);
    for (const text of ['one', 'two']) await first.publish('streams/a', text);
    await arrived(to, 1); // and is under way when the server ends
    await first.close();
    isWell = true;
    const second = await server(to, { folder });
    await arrived(to, 3);
    expect(texts(to)).toEqual(['one', 'one', 'two']);
    expect(to.got[1]?.headers['webhook-id']).toBe(to.got[0]?.headers['webhook-id']);
    await standing(second, made, { waiting: 0 });
  });

  it.each([
    ['arrived', 'remove', 200],
    ['failed', 'fail', 500],
  ] as const)(
    'that %s, which the store cannot keep, is sent again, but not at once',
    async (_, method, status) => {
      const times: number[] = [];
      const to = await receiver(() => {
        times.push(performance.now());
        return status;
      });
      const limits = { storeRetryMs: 400 };
      const app = await server(to, { webhooks: { allow: [to.host], limits } });
      await hook(app, to);
      const full = vi.spyOn(app.services.store.outbox, method);
      for (let i = 0; i < 2; i++) full.mockRejectedValueOnce(new Error('the disk is full'));
      await app.publish('streams/a', 'one');
      await arrived(to, 3);
      const [first = 0, , third = 0] = times;
      expect(third - first).toBeGreaterThan(2 * limits.storeRetryMs - 50);
      await vi.waitFor(() => {
        expect(full.mock.settledResults.at(-1)?.type).toBe('fulfilled');
      });
      expect(app.bugs).toHaveLength(2);
    },
  );

  it('gets what it wants though the store failed when that was looked for, and nothing came after it', async () => {
    const to = await receiver();
    const limits = { storeRetryMs: 400 };
    const app = await server(to, { webhooks: { allow: [to.host], limits } });
    await hook(app, to);
    const fill = vi
      .spyOn(app.services.store.outbox, 'fill')
      .mockRejectedValueOnce(new Error('the disk is full'));
    const begun = performance.now();
    await app.publish('streams/a', 'one');
    await arrived(to, 1);
    expect(performance.now() - begun).toBeGreaterThan(limits.storeRetryMs - 50);
    expect([fill.mock.settledResults[0]?.type, app.bugs.length]).toEqual(['rejected', 1]);
  });

  it('that waits to be sent again, as the store failed, does not hold up the end of the server', async () => {
    const to = await receiver();
    const app = await server(to, { webhooks: { allow: [to.host], limits: { storeRetryMs: 60_000 } } });
    await hook(app, to);
    vi.spyOn(app.services.store.outbox, 'remove').mockRejectedValue(new Error('the disk is full'));
    await app.publish('streams/a', 'one');
    await vi.waitFor(() => {
      expect(app.bugs).toHaveLength(1);
    }, 10_000);
    const begun = performance.now();
    await app.close();
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(to.got).toHaveLength(1);
  });

  it('that wants no more, or fails for days, is disabled until it is enabled', async () => {
    let status = 410;
    const to = await receiver(() => status);
    const app = await server(to, { webhooks: { allow: [to.host], limits: { disableAfterMs: 4000 } } });
    const made = await hook(app, to);
    await app.publish('streams/a', 'one');
    await standing(app, made, { state: 'disabled', reason: 'the receiver answered 410', waiting: 1 });
    await app.publish('streams/a', 'not sent');
    status = 500;
    await app.later(60);
    await post(`${app.url}/v1/webhooks/${idOf(made)}/enable`, {});
    await arrived(to, 2);
    await standing(app, made, { state: 'active', failing_since: expect.any(String) as string });
    await app.later(60);
    await standing(app, made, {
      state: 'disabled',
      reason: expect.stringContaining('every delivery failed') as string,
    });
    status = 200;
    await app.later(3600);
    await post(`${app.url}/v1/webhooks/${idOf(made)}/enable`, {});
    await standing(app, made, { state: 'active', waiting: 0, failing_since: null });
    expect(texts(to)).not.toContain('not sent');
  });

  it('is sent no more at a time than it may be', async () => {
    let isOpen = false;
    const to = await receiver(() => (isOpen ? 200 : null));
    const app = await server(to, {
      webhooks: { allow: [to.host], limits: { atOncePerWebhook: 3, answerMs: 400 } },
    });
    await hook(app, to);
    for (let i = 0; i < 8; i++) await app.publish(`streams/t${String(i)}`, 'x');
    await arrived(to, 3);
    isOpen = true;
    await vi.waitFor(() => {
      expect(new Set(to.got.map(({ data }) => data.topic)).size).toBe(8);
    }, 10_000);
    expect(to.most.open).toBe(3);
  });

  it('is deleted with all that waits for it', async () => {
    const to = await receiver(() => 500);
    const app = await server(to);
    const made = await hook(app, to);
    await app.publish('streams/a', 'one');
    await standing(app, made, { waiting: 1 });
    expect((await call(`${app.url}/v1/webhooks/${idOf(made)}`, { method: 'DELETE' })).status).toBe(204);
    expect(await app.services.store.outbox.count(idOf(made), 'waiting')).toBe(0);
    expect((await call(`${app.url}/v1/webhooks/${idOf(made)}`)).status).toBe(404);
  });
});

describe('what is no webhook', () => {
  it.each([
    [{ url: 'http://10.0.0.1/hook' }, 400, 'url_refused'],
    [{ url: 'http://[::1]:9000/hook' }, 400, 'url_refused'],
    [{ url: 'ftp://example.org/' }, 400, 'url_refused'],
    [{ url: 'http://me:secret@127.0.0.1/' }, 400, 'bad_url'],
    [{ url: 'hook' }, 400, 'bad_url'],
    [{ topics: ['cameras/1'] }, 400, 'bad_request'],
    [{ secret: 'short' }, 400, 'bad_webhook_secret'],
    [{ secret: `whsec_${Buffer.alloc(23).toString('base64')}` }, 400, 'bad_webhook_secret'],
    [{ colour: 'red' }, 400, 'bad_request'],
  ])('is refused: %j', async (over, status, code) => {
    const to = await receiver();
    const app = await server(to);
    expect(await hook(app, to, over)).toMatchObject({ status, body: { error: { code } } });
    expect(await app.services.store.webhooks.count()).toBe(0);
  });

  it('is refused: one more than there may be', async () => {
    const to = await receiver();
    const app = await server(to, { webhooks: { allow: [to.host], limits: { maxWebhooks: 1 } } });
    expect((await hook(app, to)).status).toBe(201);
    expect(await hook(app, to)).toMatchObject({
      status: 503,
      body: { error: { code: 'too_many_webhooks' } },
    });
    expect((await post(`${app.url}/v1/webhooks/none/enable`, {})).status).toBe(404);
  });
});
