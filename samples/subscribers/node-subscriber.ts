/**
 * Follows a video or stream over the WebSocket of a palistream server, and goes on by number after every cut.
 *
 *   npx tsx samples/subscribers/node-subscriber.ts [videos/ID | streams/ID] [--after NUMBER]
 *
 * PALISTREAM_URL says where the server is, PALISTREAM_API_KEY is the key where it asks for one.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';

interface Event {
  readonly kind: string;
  readonly [field: string]: unknown;
}
type Message =
  | { readonly type: 'subscribed'; readonly first: number; readonly last: number }
  | { readonly type: 'event'; readonly seq?: number; readonly event: Event }
  | { readonly type: 'error'; readonly code: string; readonly message: string };

/** What trying again does not mend. */
class Refusal extends Error {}

const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** The server pings every 30 s: without one for so long, the connection is dead though nobody closed it. */
const SILENCE_MS = 70_000;
/** The server's close code for a key that is missing or counts no more. */
const UNAUTHORIZED = 4001;

const server = process.env['PALISTREAM_URL'] ?? 'http://127.0.0.1:8080';
const key = process.env['PALISTREAM_API_KEY'] ?? '';
const headers: Record<string, string> = key === '' ? {} : { authorization: `Bearer ${key}` };

const { values, positionals } = parseArgs({ options: { after: { type: 'string' } }, allowPositionals: true });
let topic = positionals[0] ?? null;
/** The last number that came: where the next connection goes on. */
let last = Number(values.after ?? 0);
let waitMs = SHORTEST_WAIT_MS;

/** The topic of the stream or video that was added last. */
async function newestTopic(): Promise<string> {
  const added = await Promise.all(
    ['streams', 'videos'].map(async (kind) => {
      const response = await fetch(new URL(`/v1/${kind}?limit=1`, server), { headers });
      const body = (await response.json()) as Record<string, { topic: string; created_at: string }[]> & {
        error?: { message: string };
      };
      const { error } = body;
      if (error === undefined) return body[kind] ?? [];
      throw isFinal(response.status) ? new Refusal(error.message) : new Error(error.message);
    }),
  );
  const newest = added.flat().sort((a, b) => b.created_at.localeCompare(a.created_at))[0];
  if (newest === undefined) throw new Refusal(`there is no stream or video yet: add one at ${server}`);
  return newest.topic;
}

/** One connection, from its beginning to its end. Resolves with true when the topic has been deleted. */
function follow(name: string): Promise<boolean> {
  return new Promise((done, fail) => {
    const socket = new WebSocket(new URL('/v1/live', server.replace(/^http/, 'ws')), { headers });
    const isDead = setTimeout(() => {
      socket.terminate();
    }, SILENCE_MS);
    socket.on('ping', () => isDead.refresh());
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'subscribe', topic: name, after: last }));
    });
    socket.on('message', (data: Buffer) => {
      isDead.refresh();
      const message = JSON.parse(data.toString()) as Message;
      if (message.type === 'error') {
        fail(isFinal(message.code) ? new Refusal(message.message) : new Error(message.message));
        socket.close();
      } else if (message.type === 'subscribed') {
        waitMs = SHORTEST_WAIT_MS;
        if (message.last < last) console.error(`the server knows less than ${last}: it has other data now`);
        last = Math.min(last, message.last);
        console.error(`following ${name} after ${last}`);
      } else if (take(message.seq, message.event)) {
        done(true);
        socket.close();
      }
    });
    socket.on('unexpected-response', (request, { statusCode = 0 }) => {
      request.destroy();
      const reason = `the server answered ${statusCode}`;
      fail(isFinal(statusCode) ? new Refusal(reason) : new Error(reason));
    });
    socket.on('error', fail);
    socket.on('close', (code, reason) => {
      clearTimeout(isDead);
      const said = `the connection has ended (${code}${reason.length === 0 ? '' : `, ${reason.toString()}`})`;
      fail(code === UNAUTHORIZED ? new Refusal(reason.toString()) : new Error(said));
    });
  });
}

/** Prints an event and remembers its number. Whether it is the topic's last. */
function take(seq: number | undefined, event: Event): boolean {
  last = seq ?? (event.kind === 'gap' ? Number(event['to']) : last);
  // Words as they are written, and how far a job is, are told again by the whole result.
  if (!event.kind.endsWith('.partial') && event.kind !== 'progress')
    console.log(`${seq ?? '-'}\t${describe(event)}`);
  return event.kind === 'state' && event['state'] === 'deleted';
}

function describe({ kind, ...rest }: Event): string {
  const { text, state, reason, question, found, start_seconds: from, end_seconds: to } = rest;
  const when =
    typeof from === 'number' && typeof to === 'number' ? `${from.toFixed(2)}-${to.toFixed(2)} s ` : '';
  if (kind === 'state') return `state: ${String(state)}${typeof reason === 'string' ? ` (${reason})` : ''}`;
  if (kind === 'answer' && typeof question === 'string')
    return `${when}answer to "${question}": ${String(text)}`;
  if (Array.isArray(found))
    return `${when}${kind}: ${(found as { label: string }[]).map(({ label }) => label).join(', ') || 'nothing'}`;
  return `${when}${kind}: ${typeof text === 'string' ? text : JSON.stringify(rest)}`;
}

/** Of an HTTP status or an error's code: whether the same request is refused again. */
function isFinal(reason: number | string): boolean {
  if (typeof reason === 'string') return !reason.startsWith('store_');
  return reason >= 400 && reason < 500 && reason !== 429;
}

process.on('SIGINT', () => {
  console.error(`ended after ${last}: go on with "${topic ?? ''} --after ${last}"`);
  process.exit(0);
});

for (;;) {
  try {
    topic ??= await newestTopic();
    if (await follow(topic)) break;
  } catch (error) {
    const { message, cause } = error as Error;
    const said = cause instanceof Error && cause.message !== '' ? cause.message : message;
    if (error instanceof Refusal) {
      console.error(said);
      process.exit(1);
    }
    // Not all at once when a server comes back to many.
    const thisMs = waitMs * (0.5 + Math.random() / 2);
    console.error(`${said}; again in ${(thisMs / 1000).toFixed(1)} s`);
    await wait(thisMs);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}
