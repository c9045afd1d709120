import { describe, expect, it } from 'vitest';
import { RemotePolicy } from '../../../../src/delivery/remote/remote-policy.js';

const PUBLIC = '93.184.215.14';
const policy = (names: Record<string, string[]> = {}, allow: string[] = []) =>
  new RemotePolicy({ allow, resolve: (host) => Promise.resolve(names[host] ?? []) });

describe('the policy of addresses from requests', () => {
  it('lets a public host through, and says where it lies', async () => {
    const checked = await policy({ 'videos.example': [PUBLIC, '2606:4700::1'] }).check(
      'https://videos.example/a?b',
    );
    expect(checked).toMatchObject({ addresses: [PUBLIC, '2606:4700::1'], port: 443 });
    expect((await policy().check(`http://${PUBLIC}:8080/a`)).port).toBe(8080);
  });

  it.each([
    'http://127.0.0.1/a',
    'http://2130706433/a',
    'http://0x7f000001/a',
    'http://0177.0.0.1/a',
    'http://127.1/a',
    'http://0/a',
    'http://1２7.0.0.1/a',
    'http://[::1]/a',
    'http://[::ffff:127.0.0.1]/a',
    'http://[64:ff9b::7f00:1]/a',
    'http://[::127.0.0.1]/a',
    'http://10.0.0.1:8080/a',
    'http://169.254.169.254/latest/meta-data',
    'https://[fe80::1]/a',
    'https://224.0.0.1/a',
  ])('refuses %s without asking for a name', async (url) => {
    await expect(policy().check(url)).rejects.toMatchObject({ code: 'url_refused' });
  });

  it.each(['127.0.0.1', '10.0.0.7', '::1', 'fd00::1', '::ffff:10.0.0.1', '169.254.169.254', 'nonsense'])(
    'refuses a name with the address %s, alone or behind a public one',
    async (address) => {
      const names = { 'one.example': [address], 'two.example': [PUBLIC, address], localhost: [address] };
      for (const host of Object.keys(names)) {
        await expect(policy(names).check(`https://${host}/a`)).rejects.toMatchObject({ code: 'url_refused' });
      }
    },
  );

  it.each([
    ['file:///etc/passwd', 'url_refused'],
    ['ftp://videos.example/a', 'url_refused'],
    ['gopher://videos.example/a', 'url_refused'],
    ['data:text/plain,a', 'url_refused'],
    ['http://videos.example:25/a', 'url_refused'],
    ['https://user:pass@videos.example/a', 'bad_url'],
    ['videos.example/a', 'bad_url'],
    [`https://videos.example/${'a'.repeat(9000)}`, 'bad_url'],
  ])('refuses %s as %s', async (url, code) => {
    await expect(policy({ 'videos.example': [PUBLIC] }).check(url)).rejects.toMatchObject({ code });
  });

  it('lets through what is allowed by name, or by network, and nothing beside it', async () => {
    const names = { 'nas.lan': ['192.168.1.9'], 'other.lan': ['192.168.1.10'], 'far.lan': ['10.0.0.1'] };
    const allowed = policy(names, ['nas.lan:9000', '10.0.0.0/8', '127.0.0.1:7000']);
    expect((await allowed.check('http://nas.lan:9000/a')).addresses).toEqual(['192.168.1.9']);
    expect((await allowed.check('http://far.lan/a')).addresses).toEqual(['10.0.0.1']);
    expect((await allowed.check('http://127.0.0.1:7000/a')).addresses).toEqual(['127.0.0.1']);
    for (const url of ['http://nas.lan/a', 'http://other.lan/a', 'http://127.0.0.1:7001/a']) {
      await expect(allowed.check(url)).rejects.toMatchObject({ code: 'url_refused' });
    }
  });

  it('says when a name has no address, and does not quote a password', async () => {
    await expect(policy().check('https://nowhere.example/a')).rejects.toMatchObject({
      code: 'url_unreachable',
      name: 'RetryableError',
    });
    await expect(policy().check('https://user:secret@videos.example/')).rejects.not.toThrow(/secret/);
    expect(() => policy({}, ['http://x'])).toThrow(expect.objectContaining({ code: 'bad_url_allow' }));
  });
});
