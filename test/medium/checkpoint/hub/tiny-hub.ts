import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type PullOptions, pullRepository } from '../../../../src/checkpoint/hub/pull-repository.js';
import {
  type HubBehaviour,
  type HubServer,
  NAME,
  startHub,
} from '../../../fixtures/checkpoint/hub-server.js';
import { FIXTURES, type FixtureName, temporaryFolder } from '../tampered-checkpoint.js';

/** A Hub that has a tiny checkpoint, and files nobody needs. */
export async function tinyHub(
  name: FixtureName = 'paligemma1-tiny-f32',
  behaviour: HubBehaviour = {},
): Promise<HubServer> {
  const files = new Map<string, Buffer>([
    ['README.md', Buffer.from('# a model')],
    ['pytorch_model.bin', Buffer.alloc(200_000)],
  ]);
  for (const entry of await readdir(join(FIXTURES, name), { withFileTypes: true })) {
    if (entry.isFile()) files.set(entry.name, await readFile(join(FIXTURES, name, entry.name)));
  }
  const hub = await startHub(files, behaviour);
  onTestFinished(() => hub.close());
  return hub;
}

/** Pulls from it; pauses take no time and are written down. */
export async function pullFrom(
  hub: Pick<HubServer, 'endpoint'>,
  options: Partial<PullOptions> & { cache: string },
): Promise<Awaited<ReturnType<typeof pullRepository>> & { pauses: number[] }> {
  const pauses: number[] = [];
  const pulled = await pullRepository({
    repository: { name: NAME, revision: null },
    endpoint: hub.endpoint,
    token: null,
    to: null,
    signal: new AbortController().signal,
    pause: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    ...options,
  });
  return { ...pulled, pauses };
}

export async function emptyCache(): Promise<string> {
  return join(await temporaryFolder(), 'hub');
}

/** Paths of the files asked for, in order, each with its range. */
export function filesAsked({ requests }: HubServer): string[] {
  return requests
    .filter(({ path }) => path.includes('/resolve/'))
    .map(
      ({ path, range }) => `${path.replace(/.*\/resolve\/[^/]+\//, '')}${range === null ? '' : ` ${range}`}`,
    );
}
