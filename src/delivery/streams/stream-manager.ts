import { randomUUID } from 'node:crypto';
import { defer, map, mergeMap, type Observable } from 'rxjs';
import { checkStreamPlan } from '../../pipeline/check-stream-plan.js';
import { eventJson } from '../../pipeline/json/event-json.js';
import { eventWords } from '../../pipeline/json/event-words.js';
import type { LiveStream, StreamCounts, StreamEngine } from '../../pipeline/stream-engine.js';
import type { StreamEvent } from '../../pipeline/stream-events.js';
import type { StreamPlan } from '../../pipeline/stream-plan.js';
import { RequestError, RetryableError } from '../../shared/errors.js';
import type { EventBody } from '../../store/event-body.js';
import type { Store } from '../../store/store.js';
import type { StoredStream } from '../../store/stored-stream.js';
import type { FrameKeeper } from '../frames/frame-keeper.js';
import { frameUrl } from '../frames/frame-url.js';
import type { TopicHub } from '../live/topic-hub.js';
import type { StreamStateName } from '../operations/figures.js';
import { addCounts, NO_COUNTS } from './add-counts.js';
import { type PictureWatcher, PictureWatchers } from './picture-watchers.js';
import { type StreamPlanBody, streamPlanBody } from './stream-plan-body.js';
import { type StreamSource, streamSource } from './stream-source.js';
import { toStreamPlan } from './to-stream-plan.js';

export interface StreamManagerOptions {
  readonly store: Store;
  readonly hub: TopicHub;
  /** Waits for the model to be open. */
  readonly engine: () => Promise<StreamEngine>;
  readonly defaultFrames: number;
  readonly maxStreams: number;
  readonly frames: FrameKeeper;
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => number;
}

/** What is asked about the newest frames of a stream. */
export interface StreamQuestion {
  readonly task: StreamPlan['tasks'][number];
  readonly seconds?: number | undefined;
  readonly frames?: number | undefined;
  readonly maxNewTokens?: number | undefined;
  readonly id?: string | undefined;
}

/** The live streams: kept in the store, run by the engine, told to their topics. */
export class StreamManager {
  readonly #live = new Map<string, LiveStream>();
  readonly #watchers = new PictureWatchers();
  readonly #now: () => number;
  readonly #turns = new Map<string, Promise<unknown>>();
  #creating = 0;
  #over = NO_COUNTS;
  #isClosed = false;

  constructor(private readonly options: StreamManagerOptions) {
    this.#now = options.now ?? Date.now;
  }

  /** Goes on with the streams that ran when the server ended; those that cannot be are told as failed. */
  async start(): Promise<void> {
    const { store, hub, maxStreams } = this.options;
    await this.#modelOpen();
    for (const { id } of await store.streams.list(maxStreams, 0)) {
      try {
        await this.#inTurn(id, () => this.#goOn(id));
      } catch (error) {
        if (error instanceof RequestError && error.code === 'stream_not_found') continue; // deleted meanwhile
        const code = error instanceof RequestError ? error.code : 'unexpected_error';
        const event = {
          kind: 'state',
          state: 'failed',
          code,
          reason: 'the stream could not be gone on with',
        };
        await hub.publish(topicOf(id), [{ event }]);
        this.options.onFailure(error);
      }
    }
  }

  /** @throws RequestError `stream_exists`, of the source and the plan; RetryableError `too_many_streams` */
  async create(
    name: string,
    source: StreamSource,
    plan: StreamPlanBody,
    id: string = randomUUID(),
  ): Promise<StoredStream> {
    const { store, maxStreams, onFailure } = this.options;
    if ((await store.streams.count()) + this.#creating >= maxStreams) {
      throw new RetryableError(
        'too_many_streams',
        `${maxStreams} streams are kept already: delete one first`,
      );
    }
    this.#creating++;
    try {
      await this.#modelOpen();
      return await this.#inTurn(id, async () => {
        if ((await store.streams.get(id)) !== null) {
          throw new RequestError(
            'stream_exists',
            `there is a stream ${JSON.stringify(id)} already: choose another id`,
          );
        }
        const stream = {
          id,
          createdMs: this.#now(),
          name,
          source,
          shownUrl: '',
          plan,
          isRunning: true,
        };
        const live = await this.#begin(stream);
        const kept = { ...stream, shownUrl: live.shownUrl };
        try {
          await store.streams.put(kept);
        } catch (error) {
          await live.stop().catch(onFailure); // nobody could stop it later
          throw error;
        }
        return kept;
      });
    } finally {
      this.#creating--;
    }
  }

  /** @throws RequestError `stream_not_found` */
  async get(id: string): Promise<StoredStream> {
    const stream = await this.options.store.streams.get(id);
    if (stream !== null) return stream;
    throw new RequestError(
      'stream_not_found',
      `there is no stream ${JSON.stringify(id)}: see GET /v1/streams`,
    );
  }

  /** Null while it does not run. */
  live(id: string): LiveStream | null {
    return this.#live.get(id) ?? null;
  }

  /** Of all streams since the start, those that are over included. */
  get totals(): StreamCounts {
    return [...this.#live.values()].reduce((sum, { counts }) => addCounts(sum, counts), this.#over);
  }

  /** How many streams are in each state. */
  async states(): Promise<Readonly<Record<StreamStateName, number>>> {
    const live = [...this.#live.values()].map(({ state }) => state.state);
    const inState = (name: string): number => live.filter((state) => state === name).length;
    const [connecting, running] = [inState('connecting'), inState('live')];
    const [stalled, retrying] = [inState('stalled'), inState('retrying')];
    const kept = await this.options.store.streams.count();
    const stopped = Math.max(0, kept - connecting - running - stalled - retrying);
    return { connecting, live: running, stalled, retrying, stopped };
  }

  /** @throws RequestError `stream_not_found`, RetryableError `stream_not_running` */
  async running(id: string): Promise<LiveStream> {
    await this.get(id);
    const live = this.live(id);
    if (live !== null) return live;
    throw new RetryableError('stream_not_running', 'the stream does not run: resume it first');
  }

  /** Shows what the stream shows, whenever it runs. @returns how to leave */
  watch(id: string, watcher: PictureWatcher): () => void {
    return this.#watchers.add(id, watcher);
  }

  /** Changes what is asked, without a new connection. @throws RequestError `stream_not_found`, of the plan */
  update(id: string, plan: StreamPlanBody): Promise<StoredStream> {
    return this.#inTurn(id, async () => {
      const stream = await this.get(id);
      const asked = toStreamPlan(plan, this.options.defaultFrames);
      checkStreamPlan(asked); // also of one that does not run: it could not be resumed
      const kept = { ...stream, plan };
      await this.options.store.streams.put(kept);
      this.live(id)?.update(asked);
      return kept;
    });
  }

  /** Begins one that was stopped, has ended or failed; not one that is stopped before the model is open. */
  async resume(id: string): Promise<StoredStream> {
    const { isRunning } = await this.#inTurn(id, () => this.#keep(id, true));
    try {
      await this.#modelOpen();
      return await this.#inTurn(id, () => this.#goOn(id));
    } catch (error) {
      if (!isRunning) await this.#inTurn(id, () => this.#keep(id, false)).catch(() => undefined);
      throw error;
    }
  }

  stop(id: string): Promise<StoredStream> {
    return this.#inTurn(id, () => this.#stop(id));
  }

  /** Removes a stream with its events and frames. */
  remove(id: string): Promise<void> {
    const { store, hub, frames } = this.options;
    return this.#inTurn(id, async () => {
      await this.#stop(id);
      hub.tell(topicOf(id), { kind: 'state', state: 'deleted' });
      await hub.settled();
      await store.streams.remove(id);
      await store.events.removeEvents(topicOf(id)); // its id may come again, its numbers may not
      await frames.removeTopic(topicOf(id));
    });
  }

  /**
   * Asks about the newest frames, ahead of the plan; the topic hears of it too.
   * The stream errors with RetryableError `stream_not_running`, and as the engine says.
   */
  ask(id: string, { task, ...how }: StreamQuestion): Observable<{ event: EventBody }> {
    return defer(async () => {
      const live = await this.running(id);
      return live.ask(task, how);
    }).pipe(
      mergeMap((events) => events),
      map((event) => ({ event: this.#publish(id, event) })),
    );
  }

  /** Stops all; they are gone on with at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#live.values()].map((live) => live.stop()));
    await this.options.hub.settled();
  }

  /**
   * What is done to one stream is done one after the other: begun twice at once, one would run that nobody can stop.
   * A turn does not wait for the model.
   */
  async #inTurn<T>(id: string, action: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(action, action);
    this.#turns.set(id, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(id) === turn) this.#turns.delete(id);
    }
  }

  /** Waits for the model; that it does not open is told where it is needed. */
  async #modelOpen(): Promise<void> {
    await this.options.engine().catch(() => undefined);
  }

  /** Begins a stream that is to run and does not. */
  async #goOn(id: string): Promise<StoredStream> {
    const stream = await this.get(id);
    if (stream.isRunning && this.live(id) === null && !this.#isClosed) await this.#begin(stream);
    return stream;
  }

  async #stop(id: string): Promise<StoredStream> {
    const stream = await this.#keep(id, false);
    await this.live(id)?.stop();
    return { ...stream, isRunning: false };
  }

  /** Keeps whether a stream is to run. @returns it as it was before */
  async #keep(id: string, isRunning: boolean): Promise<StoredStream> {
    const stream = await this.get(id);
    if (stream.isRunning !== isRunning) await this.options.store.streams.put({ ...stream, isRunning });
    return stream;
  }

  async #begin(stream: StoredStream): Promise<LiveStream> {
    const { engine, defaultFrames, onFailure } = this.options;
    const plan = toStreamPlan(streamPlanBody.parse(stream.plan), defaultFrames);
    const live = await (await engine()).start(streamSource.parse(stream.source), plan);
    this.#live.set(stream.id, live);
    const forget = (): void => {
      if (this.#live.get(stream.id) !== live) return;
      this.#live.delete(stream.id);
      this.#over = addCounts(this.#over, live.counts);
      this.#watchers.stopped(stream.id);
    };
    this.#watchers.follow(stream.id, live);
    live.events$.subscribe({
      next: (event) => {
        this.#publish(stream.id, event);
      },
      error: (error: unknown) => {
        forget();
        onFailure(error);
      },
      complete: forget,
    });
    return live;
  }

  #publish(id: string, event: StreamEvent): EventBody {
    const { hub, frames, onFailure } = this.options;
    const topic = topicOf(id);
    const frame = 'provenance' in event ? frames.keep(topic, event.shown) : null;
    const body = { ...eventJson(event), ...(frame === null ? {} : { frame_url: frameUrl(frame) }) };
    if (event.kind.endsWith('.partial')) {
      hub.tell(topic, body);
      return body;
    }
    const words = eventWords(event);
    hub.publishOnce(topic, [{ event: body, ...(words === null ? {} : { words }) }]).catch(onFailure);
    return body;
  }
}

function topicOf(id: string): string {
  return `streams/${id}`;
}
