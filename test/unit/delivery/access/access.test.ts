import { describe, expect, it } from 'vitest';
import { Access } from '../../../../src/delivery/access/access.js';
import { credentialsOf } from '../../../../src/delivery/access/credentials.js';
import { environmentEntry, environmentKeys } from '../../../../src/delivery/access/environment-keys.js';
import { hashOfKey, newKeyText } from '../../../../src/delivery/access/key-text.js';
import { RequestLimits } from '../../../../src/delivery/access/request-limits.js';
import { Tickets } from '../../../../src/delivery/access/tickets.js';
import { storedKey, type StoredKey } from '../../../../src/store/keys/stored-key.js';

const keyOf = (over: Partial<StoredKey> = {}): StoredKey =>
  storedKey.parse({
    id: 'abcdefgh',
    name: 'door',
    scopes: ['read'],
    topics: ['streams/front-door', 'streams/yard-*'],
    hash: hashOfKey('x'),
    createdMs: 0,
    expiresMs: null,
    ...over,
  });

describe('an access', () => {
  it('reaches the topics of its patterns and no others', () => {
    const access = Access.ofKey(keyOf());
    for (const topic of ['streams/front-door', 'streams/yard-1', 'streams/yard-']) {
      expect(access.reaches(topic)).toBe(true);
    }
    for (const topic of ['streams/front-door2', 'streams/front', 'streams/yard', 'videos/front-door', '']) {
      expect(access.reaches(topic)).toBe(false);
    }
    expect(access.idsOf('streams/')).toEqual(['front-door', 'yard-*']);
    expect(access.idsOf('videos/')).toEqual([]);
    expect(access.reachesAll('streams/')).toBe(false);
    const all = Access.ofKey(keyOf({ topics: ['streams/*'] }));
    expect([all.reachesAll('streams/'), all.reachesAll('videos/'), all.reachesAll('')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(Access.everything().reachesAll('')).toBe(true);
  });

  it('may do what its scopes say, each for itself', () => {
    const access = Access.ofKey(keyOf({ scopes: ['manage'] }));
    expect(() => {
      access.expectScope('manage');
    }).not.toThrow();
    for (const scope of ['read', 'ask'] as const) {
      expect(() => {
        access.expectScope(scope);
      }).toThrow(expect.objectContaining({ code: 'scope_missing' }));
    }
  });
});

describe('a ticket', () => {
  const everything = { counts: () => true };

  it('lends what a key may look at and ask, for a minute, or an hour for one topic', () => {
    let now = 0;
    const tickets = new Tickets(everything, () => now);
    const holder = Access.ofKey(keyOf({ scopes: ['read', 'manage'] }));
    const whole = tickets.lend(holder, null);
    const one = tickets.lend(holder, 'streams/yard-1');
    expect(() => {
      tickets.access(whole.ticket)?.expectScope('manage');
    }).toThrow();
    expect(tickets.access(whole.ticket)?.reaches('streams/front-door')).toBe(true);
    expect(tickets.access(one.ticket)?.reaches('streams/front-door')).toBe(false);
    expect(() => tickets.lend(holder, 'videos/a')).toThrow(
      expect.objectContaining({ code: 'topic_refused' }),
    );
    now = 60_000;
    expect([tickets.access(whole.ticket), tickets.access('x')]).toEqual([null, null]);
    expect(tickets.access(one.ticket)).not.toBeNull();
    now = 3_600_000;
    expect(tickets.access(one.ticket)).toBeNull();
  });

  it('ends with its key', () => {
    let counts = true;
    const tickets = new Tickets({ counts: () => counts });
    const { ticket } = tickets.lend(Access.ofKey(keyOf()), null);
    expect(tickets.access(ticket)).not.toBeNull();
    counts = false;
    expect(tickets.access(ticket)).toBeNull();
  });
});

describe('credentials', () => {
  it('are read where they may stand, and nowhere else', () => {
    const of = (headers: Record<string, string>, method = 'GET', url = '/') =>
      credentialsOf({ headers, method, url });
    expect(of({ authorization: 'bearer  abc ' })).toEqual({ key: 'abc', ticket: null });
    expect(of({ authorization: 'Basic abc' })).toEqual({ key: null, ticket: null });
    expect(of({ 'sec-websocket-protocol': 'palistream, palistream.key.abc' }).key).toBe('abc');
    expect(of({}, 'GET', '/v1/live?ticket=abc')).toEqual({ key: null, ticket: 'abc' });
    expect(of({}, 'POST', '/v1/live?ticket=abc').ticket).toBeNull();
    expect(of({}, 'GET', `/?key=abc&ticket=${'a'.repeat(300)}`)).toEqual({ key: null, ticket: null });
  });
});

describe('keys of the environment', () => {
  it('come back as they were written', () => {
    const { text } = newKeyText();
    expect(text).toMatch(/^pali_[a-z2-9]{8}_[\w-]{43}$/);
    const key = keyOf({ hash: hashOfKey(text), scopes: ['read', 'ask'] });
    expect(environmentKeys([environmentEntry(key)])).toMatchObject([
      { name: 'door', scopes: ['read', 'ask'], topics: key.topics, hash: key.hash },
    ]);
  });

  it.each(['', 'a:read:*', 'a:root:*:HASH', 'a:read:cams/*:HASH', 'a:read:*:secret', 'a:read:*:HASH:x'])(
    'refuses the entry %j without showing it',
    (entry) => {
      const written = entry.replace('HASH', hashOfKey('x'));
      expect(() => environmentKeys([written])).toThrow(expect.objectContaining({ code: 'bad_key_entry' }));
      expect(() => environmentKeys([written])).not.toThrow(/secret|root/);
    },
  );
});

describe('the limits of requests', () => {
  it('count each by itself, and tell how long to wait', async () => {
    const limits = new RequestLimits({ requestsPerMinute: 3, refusalsPerMinute: 0 });
    for (let i = 0; i < 3; i++) await limits.takeRequest('a');
    await expect(limits.takeRequest('a')).rejects.toMatchObject({
      code: 'too_many_requests',
      retryAfterSeconds: 60,
    });
    await limits.takeRequest('b');
    for (let i = 0; i < 100; i++) await limits.takeRefusal('a');
  });

  it('take a network of IPv6 for one', () => {
    expect(RequestLimits.who('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
    expect(RequestLimits.who('2001:db8:1:2::9')).toBe(RequestLimits.who('2001:db8:1:2:ffff::1'));
    expect(RequestLimits.who('fe80::1%eth0')).toBe('fe80:0:0:0');
    expect(RequestLimits.who('::ffff:10.0.0.1')).toBe('::ffff:10.0.0.1');
    expect(RequestLimits.who('10.0.0.1')).toBe('10.0.0.1');
  });
});
