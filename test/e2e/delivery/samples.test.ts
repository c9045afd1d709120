import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SampleShelf } from '../../../src/delivery/samples/sample-shelf.js';
import { call, idOf, jobOf, untilJob } from './http-calls.js';
import { newFolder, scriptedServer } from './scripted-server.js';

async function withSample() {
  const folder = newFolder();
  writeFileSync(join(folder, 'farm.mp4'), '{"clips":2,"seconds":4}');
  const sample = { name: 'farm', file: 'farm.mp4', title: 'A farm', questions: ['who is there?'] };
  const server = await scriptedServer({ folder, services: { samples: new SampleShelf(folder, [sample]) } });
  return { ...server, routes: `${server.url}/v1/samples` };
}

it('lists the samples', async () => {
  const { routes } = await withSample();
  const expected = { name: 'farm', title: 'A farm', questions: ['who is there?'] };
  expect((await call(routes)).body).toEqual({
    samples: [{ ...expected, media_url: '/v1/samples/farm/media' }],
  });
});

it('gives a stretch of the video itself', async () => {
  const { routes } = await withSample();
  const part = await fetch(`${routes}/farm/media`, { headers: { range: 'bytes=2-6' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-type')).toBe('video/mp4');
  expect(await part.text()).toBe('clips');
});

it('takes a copy in, again and again', async () => {
  const { routes, url } = await withSample();
  const first = await call(`${routes}/farm`, { method: 'POST' });
  expect(first).toMatchObject({ status: 201, body: { name: 'farm.mp4', origin: 'sample' } });
  await untilJob(url, jobOf(first), 'done');
  const { body } = await call(`${url}/v1/videos`);
  expect(body).toMatchObject({ total: 1, videos: [{ job: { state: 'done' }, caption: 'a cow 0 <runs>' }] });
  await call(`${url}/v1/videos/${idOf(first)}`, { method: 'DELETE' });
  expect((await call(`${routes}/farm`, { method: 'POST' })).status).toBe(201);
});

it.each(['/none', '/none/media', '/..%2ffarm/media'])('has no sample at %s', async (path) => {
  const { routes } = await withSample();
  const answer = await call(routes + path, path.endsWith('media') ? {} : { method: 'POST' });
  expect(answer).toMatchObject({ status: 404, body: { error: { code: 'sample_not_found' } } });
});
