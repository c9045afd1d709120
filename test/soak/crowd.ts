import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { CrowdServerFigures, FromCrowdServer, TellCommand } from './crowd-server.js';
import { quantile } from './quantile.js';

export interface CrowdOptions {
  readonly folder: string;
  readonly subscribers: number;
  /** Of them, so many do not read. */
  readonly deaf: number;
  /** Events told to all, ten a second; as many again while the deaf are flooded. */
  readonly events: number;
}

export interface CrowdFigures {
  /** Milliseconds from the numbering of an event to its arrival at those who read: calm, and in the flood. */
  readonly calmMs: DeliveryTimes;
  readonly floodMs: DeliveryTimes;
  /** Readers that did not get every event once, in order. */
  readonly wrongReaders: number;
  /** Deaf ones that were cut off. */
  readonly cutOff: number;
  /** Memory of the server: with all connected, the most, and at the end. */
  readonly residentBytes: { readonly connected: number; readonly most: number; readonly end: number };
  /** Processor time of the server for one event to all, milliseconds: what is left of the delivery on an idle machine. */
  readonly serverCpuMsPerEvent: number;
  readonly load: number;
}

export interface DeliveryTimes {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

const TOPIC = 'streams/crowd';
const FLOOD = 'streams/flood';
const EVERY_MS = 100;
const EVENT_BYTES = 1000;
/** More than the buffers of both sides' sockets and the limit of a client hold together. */
const FLOOD_EVENT_BYTES = 60_000;
const FLOOD_EVENTS = 300;
const PATIENCE_MS = 60_000;

/** Many subscribers on one topic of a server in another process, some of whom do not read. */
export async function crowd({ folder, subscribers, deaf, events }: CrowdOptions): Promise<CrowdFigures> {
  const script = new URL('./crowd-server.ts', import.meta.url);
  const child = fork(script, [folder], { execArgv: ['--import', import.meta.resolve('tsx')] });
  const sockets: WebSocket[] = [];
  try {
    const { port } = await heard(child, 'listening');
    const readers = Array.from({ length: subscribers - deaf }, () => ({ numbers: [] as number[] }));
    let times: number[] = [];
    for (const reader of readers) {
      sockets.push(
        await subscribed(port, [TOPIC], (text) => {
          const { seq, at } = headOf(text);
          if (seq === null) return;
          reader.numbers.push(seq);
          times.push(Date.now() - at);
        }),
      );
    }
    for (let i = 0; i < deaf; i++) {
      const socket = await subscribed(port, [TOPIC, FLOOD], () => undefined);
      socket.pause();
      sockets.push(socket);
    }
    const connected = await figures(child);
    let most = connected.residentBytes;
    const tellAll: TellCommand = { topic: TOPIC, count: events, everyMs: EVERY_MS, bytes: EVENT_BYTES };
    await told(child, [tellAll]);
    await until(() => readers.every(({ numbers }) => numbers.length >= events));
    const calmMs = deliveryTimes(times);
    const serverCpuMsPerEvent = ((await figures(child)).cpuMs - connected.cpuMs) / events;
    times = [];
    const watch = setInterval(() => {
      void figures(child).then(({ residentBytes }) => {
        most = Math.max(most, residentBytes);
      });
    }, 500);
    const everyMs = (events * EVERY_MS) / FLOOD_EVENTS;
    await told(child, [tellAll, { topic: FLOOD, count: FLOOD_EVENTS, everyMs, bytes: FLOOD_EVENT_BYTES }]);
    await until(() => readers.every(({ numbers }) => numbers.length >= 2 * events));
    for (const last = Date.now() + PATIENCE_MS; Date.now() < last;) {
      if ((await figures(child)).clients <= readers.length) break;
      await setTimeout(250);
    }
    clearInterval(watch);
    const end = await figures(child);
    return {
      calmMs,
      floodMs: deliveryTimes(times),
      wrongReaders: readers.filter(
        ({ numbers }) => numbers.length !== 2 * events || numbers.some((seq, i) => seq !== i + 1),
      ).length,
      cutOff: subscribers - end.clients,
      residentBytes: { connected: connected.residentBytes, most, end: end.residentBytes },
      serverCpuMsPerEvent,
      load: loadavg()[0] ?? 0,
    };
  } finally {
    for (const socket of sockets) socket.terminate();
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

async function subscribed(
  port: number,
  topics: readonly string[],
  onText: (text: string) => void,
): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/live`, { perMessageDeflate: false });
  socket.on('error', () => undefined);
  await once(socket, 'open');
  for (const topic of topics) {
    socket.send(JSON.stringify({ type: 'subscribe', topic }));
    await once(socket, 'message'); // `subscribed`
  }
  socket.on('message', (data: Buffer) => {
    onText(data.toString());
  });
  return socket;
}

const HEAD = /"seq":(\d+),"at":"([^"]+)"/;

/** The number of an event and when it got it, without reading the rest: there are thousands a second. */
function headOf(text: string): { seq: number | null; at: number } {
  const [, seq, at = ''] = HEAD.exec(text) ?? [];
  return { seq: seq === undefined ? null : Number(seq), at: Date.parse(at) };
}

function deliveryTimes(times: readonly number[]): DeliveryTimes {
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), most: quantile(times, 1) };
}

async function told(child: ChildProcess, commands: readonly TellCommand[]): Promise<void> {
  let left = commands.length;
  const all = new Promise<void>((resolve) => {
    const count = (message: FromCrowdServer): void => {
      if (message.kind !== 'told' || --left > 0) return;
      child.removeListener('message', count);
      resolve();
    };
    child.on('message', count);
  });
  for (const command of commands) child.send(command);
  await all;
}

async function figures(child: ChildProcess): Promise<CrowdServerFigures> {
  child.send('figures');
  return heard(child, 'figures');
}

/** The next message of a kind. */
function heard<Kind extends FromCrowdServer['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<FromCrowdServer, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const take = (message: FromCrowdServer): void => {
      if (message.kind !== kind) return;
      child.removeListener('message', take);
      child.removeListener('exit', fail);
      resolve(message as Extract<FromCrowdServer, { kind: Kind }>);
    };
    const fail = (): void => {
      reject(new Error('the server has ended'));
    };
    child.on('message', take);
    child.once('exit', fail);
  });
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !holds() && Date.now() < end;) await setTimeout(20);
}
