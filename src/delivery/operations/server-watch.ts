import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import type { StreamCounts } from '../../pipeline/stream-engine.js';
import { messageOf } from '../../shared/errors.js';
import type { Store } from '../../store/store.js';
import { RequestCounts } from '../http/request-counts.js';
import { LiveCensus } from '../live/live-census.js';
import type { TopicHub } from '../live/topic-hub.js';
import type { ModelStateSource } from '../served-model.js';
import type { EventCounts } from './event-counts.js';
import { EventLoopWatch } from './event-loop-watch.js';
import type { Figures, StreamStateName } from './figures.js';
import type { ModelFigures } from './model-figures.js';
import { type Check, readiness } from './readiness.js';
import { RecentLatency } from './recent-latency.js';
import { residentBytes } from './resident-bytes.js';
import type { StageCounts } from './stages.js';
import { sumCounts } from './sum-counts.js';

export interface ServerWatchOptions {
  readonly hub: TopicHub;
  readonly store: Store;
  readonly videoBytes: () => number;
  readonly streams: {
    readonly totals: StreamCounts;
    states(): Promise<Readonly<Record<StreamStateName, number>>>;
  };
  readonly modelState: ModelStateSource;
  readonly model: () => ModelFigures;
  /** The numbers of the ffmpeg and ffprobe processes that run. */
  readonly ffmpeg: () => readonly number[];
  /** Where the server keeps things. */
  readonly folder: string;
  readonly minFreeBytes: number;
  readonly events: EventCounts;
}

const SAMPLE_MS = 10_000;
const SAMPLES = 30;

/** Watches a server at work and tells its figures. Whoever made it closes it. */
export class ServerWatch {
  readonly requests = new RequestCounts();
  readonly live = new LiveCensus();
  readonly #startedMs = Date.now();
  readonly #eventLoop = new EventLoopWatch();
  readonly #latency: RecentLatency;
  readonly #timer: NodeJS.Timeout;
  #isEnding = false;

  constructor(private readonly options: ServerWatchOptions) {
    options.hub.watch((event) => {
      options.events.take(event);
    });
    this.#latency = new RecentLatency(() => this.#stages(), SAMPLES);
    this.#timer = setInterval(() => {
      this.#latency.sample();
      this.#eventLoop.sample();
    }, SAMPLE_MS).unref();
  }

  async figures(): Promise<Figures> {
    const { store, streams, modelState, model, ffmpeg, folder, videoBytes } = this.options;
    const pids = ffmpeg();
    const { sockets, eventStreams, waitingBytes, passingDropped, tooSlow, tooManyMessages } = this.live;
    const { rss, heapUsed } = process.memoryUsage();
    return {
      startedMs: this.#startedMs,
      nowMs: Date.now(),
      modelState: modelState(),
      model: model(),
      stages: this.#stages(),
      latencies: this.#latency.latencies,
      latencySeconds: (SAMPLES * SAMPLE_MS) / 1000,
      events: this.options.events.told,
      requests: this.requests.routes,
      jobs: await store.jobs.countStates(),
      streams: await streams.states(),
      streamCounts: streams.totals,
      live: {
        sockets: sockets.size,
        eventStreams: eventStreams.size,
        ...{ waitingBytes, passingDropped, tooSlow, tooManyMessages },
      },
      ffmpeg: { processes: pids.length, residentBytes: await residentBytes(pids) },
      server: { residentBytes: rss, heapBytes: heapUsed },
      eventLoop: this.#eventLoop.last,
      store: {
        bytes: await store.bytes(),
        videoBytes: videoBytes(),
        diskFreeBytes: await freeBytes(folder),
      },
    };
  }

  /** Whether the server can take work. */
  async readiness(): Promise<readonly Check[]> {
    const { store, modelState, folder, minFreeBytes } = this.options;
    return readiness({
      isEnding: this.#isEnding,
      model: modelState(),
      storeTrouble: await store.trouble(),
      folderTrouble: await access(folder, constants.W_OK).then(() => null, messageOf),
      diskFreeBytes: await freeBytes(folder),
      minFreeBytes,
    });
  }

  /** The server is about to end: it is not ready any more. */
  ending(): void {
    this.#isEnding = true;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#eventLoop.close();
  }

  #stages(): StageCounts {
    const { queue, stageSeconds } = this.options.model();
    const { question, routine } = queue.waitSeconds;
    return { ...this.options.events.stages, queue: sumCounts(question, routine), ...stageSeconds };
  }
}

async function freeBytes(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk === null ? null : disk.bavail * disk.bsize;
}
