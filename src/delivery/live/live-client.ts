import type { Subscription } from 'rxjs';
import { RequestError, RetryableError } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import type { EventLog } from '../../store/event-log.js';
import type { Scope } from '../../store/keys/stored-key.js';
import type { Access } from '../access/access.js';
import { errorAnswer } from '../http/error-body.js';
import { parseRequest } from '../http/parse-request.js';
import { type AskMessage, type ClientMessage, clientMessage } from './client-message.js';
import { CLOSE_CODES } from './close-codes.js';
import { eventFrame } from './event-frame.js';
import type { LiveCensus } from './live-census.js';
import type { LiveLimits } from './live-limits.js';
import { Outbox, type Wire } from './outbox.js';
import { RateLimit } from './rate-limit.js';
import { PicturePacer, type SentPicture } from '../streams/picture-pacer.js';
import type { ServerMessage } from './server-message.js';
import type { TopicHub } from './topic-hub.js';
import { TopicSubscription } from './topic-subscription.js';
import type { Topics } from './topics.js';

export interface LiveSetting {
  readonly hub: TopicHub;
  readonly events: EventLog;
  readonly topics: Topics;
  readonly limits: LiveLimits;
  readonly census: LiveCensus;
  readonly log: Log;
}

/** The connection of a client, as far as it matters here. */
export interface LiveSocket extends Wire {
  close(code: number, reason: string): void;
}

/** One client of `/v1/live`: what it has subscribed to and asked. */
export class LiveClient {
  readonly #subscriptions = new Map<string, TopicSubscription>();
  readonly #questions = new Map<string, Subscription>();
  readonly #watches = new Map<string, () => void>();
  readonly #outbox: Outbox;
  readonly #rate: RateLimit;
  #turn: Promise<void> = Promise.resolve();
  #settled: (() => void)[] = [];
  #isCutOff = false;
  #isClosed = false;

  constructor(
    private readonly socket: LiveSocket,
    private readonly setting: LiveSetting,
    private readonly access: Access,
  ) {
    const { census, limits } = setting;
    const { passingBytes, maxWaitingBytes, messagesPerSecond, messageBurst } = limits;
    census.sockets.add(socket);
    this.#rate = new RateLimit(messagesPerSecond, messageBurst);
    this.#outbox = new Outbox(socket, {
      passingBytes,
      maxWaitingBytes,
      droppedFrame: (topic, count) =>
        bytesOf({ type: 'event', topic, event: { kind: 'dropped', reason: 'slow', events: count } }),
      onDropped: () => {
        census.passingDropped++;
      },
      onTooSlow: () => {
        census.tooSlow++;
        this.#cutOff(CLOSE_CODES.tooSlow, 'too slow: resume by number');
      },
    });
  }

  /** Handles a message, after those before it; null is a binary one. What is wrong with it is answered. */
  take(data: string | null): void {
    if (this.#isCutOff) return;
    if (data === null) {
      this.#cutOff(CLOSE_CODES.binaryRefused, 'send text');
      return;
    }
    if (!this.#rate.take()) {
      this.setting.census.tooManyMessages++;
      this.#cutOff(CLOSE_CODES.tooManyMessages, 'too many messages');
      return;
    }
    this.#turn = this.#turn.then(async () => {
      let about: { id?: string; topic?: string } = {};
      try {
        const message = parseRequest(clientMessage, parsedJson(data));
        about = aboutOf(message);
        if (!this.#isClosed) await this.#handle(message);
      } catch (error) {
        this.#tellError(error, about);
      }
    });
  }

  /** Resolves when no question is being answered. */
  async settled(): Promise<void> {
    await this.#turn;
    if (this.#questions.size > 0) await new Promise<void>((resolve) => this.#settled.push(resolve));
  }

  /** To be called when the connection has gone: takes everything back. */
  close(): void {
    this.#isClosed = true;
    this.setting.census.sockets.delete(this.socket);
    this.#outbox.close();
    for (const subscription of this.#subscriptions.values()) subscription.close();
    for (const question of this.#questions.values()) question.unsubscribe();
    for (const leave of this.#watches.values()) leave();
    this.#watches.clear();
    this.#subscriptions.clear();
    this.#questions.clear();
    this.#tellSettled();
  }

  /** Once: what is still on its way from the client is not looked at any more. */
  #cutOff(code: number, reason: string): void {
    this.#isCutOff = true;
    this.socket.close(code, reason);
  }

  async #handle(message: ClientMessage): Promise<void> {
    switch (message.type) {
      case 'ping':
        this.#send({ type: 'pong' });
        return;
      case 'subscribe':
        return this.#subscribe(message);
      case 'unsubscribe':
        this.#subscriptions.get(message.topic)?.close();
        this.#subscriptions.delete(message.topic);
        this.#send({ type: 'unsubscribed', topic: message.topic });
        return;
      case 'ask':
        return this.#ask(message);
      case 'cancel':
        this.#questions.get(message.id)?.unsubscribe();
        this.#forget(message.id);
        return;
      case 'watch':
        return this.#watch(message);
      case 'unwatch':
        this.#watches.get(message.topic)?.();
        this.#watches.delete(message.topic);
    }
  }

  /** A second subscription to a topic takes the place of the first. */
  async #subscribe(message: Extract<ClientMessage, { type: 'subscribe' }>): Promise<void> {
    const { topic, after, kinds } = message;
    const { hub, events, topics, limits } = this.setting;
    this.#expectAccess('read', topic);
    await topics.expect(topic);
    this.#subscriptions.get(topic)?.close();
    if (!this.#subscriptions.has(topic) && this.#subscriptions.size >= limits.maxSubscriptions) {
      throw new RetryableError(
        'too_many_subscriptions',
        `${limits.maxSubscriptions} subscriptions are open: end one first`,
      );
    }
    const options = { topic, after: after ?? null, kinds: kinds === undefined ? null : new Set(kinds) };
    const outbox = this.#outbox;
    const subscription = new TopicSubscription(hub, events, options, {
      event: (event) => {
        outbox.send(eventFrame(event));
      },
      passing: (event) => {
        outbox.offer(topic, eventFrame(event));
      },
      gap: (from, to) => {
        this.#send({ type: 'event', topic, event: { kind: 'gap', from, to } });
      },
      drained: () => outbox.drained(),
    });
    this.#subscriptions.set(topic, subscription);
    const range = await subscription.open();
    if (this.#isClosed) {
      subscription.close();
      return;
    }
    this.#send({ type: 'subscribed', topic, ...range });
    subscription.replay().catch((error: unknown) => {
      this.#tellError(error, { topic });
    });
  }

  async #ask(message: AskMessage): Promise<void> {
    const { topics, limits } = this.setting;
    const { topic, id } = message;
    this.#expectAccess('ask', topic);
    await topics.expect(topic);
    if (this.#isClosed) return;
    if (this.#questions.has(id)) {
      throw new RequestError(
        'ask_id_taken',
        `a question ${JSON.stringify(id)} is being answered: choose another id`,
      );
    }
    if (this.#questions.size >= limits.maxQuestions) {
      throw new RetryableError(
        'too_many_questions',
        `${limits.maxQuestions} questions are being answered: wait for one`,
      );
    }
    const asked = topics.ask(topic, message).subscribe({
      next: ({ event }) => {
        const frame = bytesOf({ type: 'answer', id, topic, event });
        if (event.kind.endsWith('.partial')) this.#outbox.offer(topic, frame);
        else this.#outbox.send(frame);
      },
      error: (error: unknown) => {
        this.#forget(id);
        this.#tellError(error, { id, topic });
      },
      complete: () => {
        this.#forget(id);
      },
    });
    if (!asked.closed) this.#questions.set(id, asked);
  }

  #forget(question: string): void {
    this.#questions.delete(question);
    if (this.#questions.size === 0) this.#tellSettled();
  }

  #tellSettled(): void {
    for (const resolve of this.#settled.splice(0)) resolve();
  }

  /** Pictures are sent one at a time: the next when the one before has left. A second watch takes the first's place. */
  async #watch({ topic, fps }: Extract<ClientMessage, { type: 'watch' }>): Promise<void> {
    const { topics, limits } = this.setting;
    this.#expectAccess('read', topic);
    await topics.expect(topic);
    if (this.#isClosed) return;
    if (!this.#watches.has(topic) && this.#watches.size >= limits.maxWatches) {
      throw new RetryableError(
        'too_many_watches',
        `${limits.maxWatches} streams are watched: leave one first`,
      );
    }
    this.#watches.get(topic)?.();
    const pacer = new PicturePacer({
      framesPerSecond: fps,
      send: (sent) => this.#sendPicture(topic, sent),
      onFailure: (error) => {
        this.#tellError(error, { topic });
      },
    });
    const leave = topics.watch(topic, {
      picture: (picture) => {
        pacer.take(picture);
      },
      stopped: () => undefined, // it may run again
    });
    this.#watches.set(topic, () => {
      leave();
      pacer.close();
    });
  }

  #sendPicture(topic: string, { jpeg, picture, passedOver }: SentPicture): Promise<void> {
    const message: ServerMessage = {
      type: 'picture',
      topic,
      at: new Date(picture.capturedAtMs).toISOString(),
      width: picture.widthPixels,
      height: picture.heightPixels,
      passed_over: passedOver,
      jpeg: jpeg.toString('base64'),
    };
    return new Promise((resolve) => {
      this.#outbox.send(bytesOf(message), resolve);
    });
  }

  #expectAccess(scope: Scope, topic: string): void {
    this.access.expectScope(scope);
    this.access.expectTopic(topic);
  }

  #tellError(error: unknown, about: { id?: string; topic?: string }): void {
    this.#send({ type: 'error', ...errorAnswer(error).body.error, ...about });
  }

  #send(message: ServerMessage): void {
    this.#outbox.send(bytesOf(message));
  }
}

function aboutOf(message: ClientMessage): { id?: string; topic?: string } {
  return {
    ...('id' in message ? { id: message.id } : {}),
    ...('topic' in message ? { topic: message.topic } : {}),
  };
}

function bytesOf(message: ServerMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RequestError('bad_request', 'the message is no JSON: send an object with "type"', {
      cause: error,
    });
  }
}
