/**
 * The live side of the server, its store and its hub, in a process of its own; tells topics what its parent asks it to.
 * Argument: a folder for the store.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EMPTY } from 'rxjs';
import { openAccess } from '../../src/delivery/access/open-access.js';
import { LiveCensus } from '../../src/delivery/live/live-census.js';
import { LIVE_LIMITS } from '../../src/delivery/live/live-limits.js';
import { LiveServer } from '../../src/delivery/live/live-server.js';
import { TopicHub } from '../../src/delivery/live/topic-hub.js';
import type { Log } from '../../src/shared/log.js';
import { openStore } from '../../src/store/sqlite/open-store.js';

/** So many events of so many bytes, one every so often. */
export interface TellCommand {
  readonly topic: string;
  readonly count: number;
  readonly everyMs: number;
  readonly bytes: number;
}

export interface CrowdServerFigures {
  readonly clients: number;
  readonly residentBytes: number;
  /** Processor time used until now. */
  readonly cpuMs: number;
}

export type FromCrowdServer =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'told' }
  | ({ readonly kind: 'figures' } & CrowdServerFigures);

const [folder = ''] = process.argv.slice(2);
const store = openStore(join(folder, 'palistream.db'));
const hub = new TopicHub(store.events);
const quiet = (): void => undefined;
const topics = { expect: () => Promise.resolve(), ask: () => EMPTY, watch: () => quiet };
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const limits = { requestsPerMinute: 0, refusalsPerMinute: 0 };
const { gate } = await openAccess({ dataDirectory: folder, entries: [], limits, onFailure: quiet });
const live = new LiveServer({ host: '127.0.0.1', isOpen: () => true, origins: [] }, gate, {
  ...{ hub, events: store.events, topics, log },
  ...{ limits: LIVE_LIMITS, census: new LiveCensus() },
});
const server = createServer().listen(0, '127.0.0.1');
live.attach(server);
await once(server, 'listening');

process.on('message', (command: TellCommand | 'figures') => {
  if (command === 'figures') {
    const { user, system } = process.cpuUsage();
    const cpuMs = (user + system) / 1000;
    answer({ kind: 'figures', clients: live.clients, residentBytes: process.memoryUsage.rss(), cpuMs });
    return;
  }
  void tell(command).then(() => {
    answer({ kind: 'told' });
  });
});
process.on('disconnect', () => process.exit());
answer({ kind: 'listening', port: (server.address() as AddressInfo).port });

async function tell({ topic, count, everyMs, bytes }: TellCommand): Promise<void> {
  const text = 'x'.repeat(bytes);
  const begun = performance.now();
  for (let i = 0; i < count; i++) {
    await setTimeout(Math.max(0, begun + i * everyMs - performance.now()));
    await hub.publishOnce(topic, [{ event: { kind: 'caption', text } }]);
  }
}

function answer(message: FromCrowdServer): void {
  process.send?.(message);
}
