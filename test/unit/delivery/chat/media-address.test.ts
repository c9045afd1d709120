import { expect, it } from 'vitest';
import { mediaAddress } from '../../../../src/delivery/chat/media-address.js';

it.each<[string, unknown]>([
  ['data:image/png;base64,YWI=', { kind: 'data', bytes: Buffer.from('ab') }],
  ['data:;base64,YWJj', { kind: 'data', bytes: Buffer.from('abc') }],
  ['data:video/mp4;codecs=avc1;base64,YWJjZA', { kind: 'data', bytes: Buffer.from('abcd') }],
  ['palistream://videos/a-1', { kind: 'upload', id: 'a-1' }],
  ['/v1/videos/a-1', { kind: 'upload', id: 'a-1' }],
  ['https://example.org/a.png', { kind: 'web', url: 'https://example.org/a.png' }],
])('reads %s', (url, address) => {
  expect(mediaAddress(url)).toEqual(address);
});

it.each([
  'file:///etc/passwd',
  '/etc/passwd',
  '/v1/videos/../secret',
  'palistream://streams/a',
  'ftp://example.org/a',
  'http://',
  'data:image/png,plain',
  'data:image/png;base64,',
  'data:image/png;base64,a*b=',
  'data:image/png;base64',
  `data:${'x'.repeat(5000)}`,
  '',
])('refuses %s', (url) => {
  expect(() => mediaAddress(url)).toThrow(expect.objectContaining({ code: 'bad_media_url' }));
});

it('shows no more of a long address than is needed to tell it', () => {
  expect(() => mediaAddress(`data:image/png;base64,*${'A'.repeat(1e6)}`)).toThrow(/^.{0,200}$/);
});
