import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { expect, it } from 'vitest';
import { SampleShelf } from '../../../../src/delivery/samples/sample-shelf.js';
import { SamplesController } from '../../../../src/delivery/samples/samples.controller.js';

it('gives a sample out of a folder below a hidden one, as version managers install it', async () => {
  const root = mkdtempSync(join(tmpdir(), 'samples-'));
  const folder = join(root, '.nvm', 'samples');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'boat.mp4'), 'film');
  const shelf = new SampleShelf(folder, [{ name: 'boat', file: 'boat.mp4', title: 'A boat', questions: [] }]);
  const samples = new SamplesController(shelf, undefined as never, root);
  const app = express();
  app.get('/media', (_request, response) => {
    samples.media('boat', response);
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/media`);
    expect([answer.status, await answer.text()]).toEqual([200, 'film']);
  } finally {
    server.close();
    rmSync(root, { recursive: true, force: true });
  }
});
