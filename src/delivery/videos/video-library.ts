import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkVideoTask } from '../../pipeline/video/check-video-task.js';
import type { VideoFacts } from '../../pipeline/video/inspect-video.js';
import { RequestError, RetryableError, throwIfCancelled } from '../../shared/errors.js';
import type { Job, JobLane } from '../../store/job.js';
import type { Store } from '../../store/store.js';
import type { StoredVideo } from '../../store/stored-video.js';
import type { TopicHub } from '../live/topic-hub.js';
import { ByteBudget } from './byte-budget.js';
import type { FilePlace } from './file-place.js';
import { expectAllowed, type FactLimits } from './expect-allowed.js';
import { hidePath } from './hide-path.js';
import { JobWorker } from './job-worker.js';
import { ProxyFiles } from './proxy-files.js';
import type { ProxyState } from './proxy-shape.js';
import { toVideoTask } from './to-video-task.js';
import type { VideoPlan } from './video-plan.js';
import type { VideoTools } from './video-tools.js';

export interface VideoLimits extends FactLimits {
  /** Of all videos and their proxies together, on disk. */
  readonly maxTotalBytes: number;
  /** Jobs that wait. */
  readonly maxWaitingJobs: number;
}

export interface VideoLibraryOptions {
  readonly store: Store;
  readonly hub: TopicHub;
  readonly tools: VideoTools;
  /** Where the files are kept. */
  readonly folder: string;
  /** Where their proxies are kept. */
  readonly proxiesFolder: string;
  readonly limits: VideoLimits;
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => number;
}

/** A file that has arrived whole; it is moved or removed, unless its sender can go on with it where it is. */
export interface ArrivedFile {
  readonly path: string;
  /** As the sender called it. */
  readonly name: string;
  readonly origin: StoredVideo['origin'];
}

/** A video that was taken in, and its first job. */
export interface TakenVideo {
  readonly video: StoredVideo;
  readonly job: Job;
}

/** The videos that were taken in, their files, and what is done with them. */
export class VideoLibrary {
  readonly worker: JobWorker;
  readonly proxies: ProxyFiles;
  readonly #now: () => number;
  readonly #budget: ByteBudget;
  readonly #takings = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();

  constructor(private readonly options: VideoLibraryOptions) {
    this.#now = options.now ?? Date.now;
    this.worker = new JobWorker({ ...options, fileOf: (id) => this.#fileOf(id) });
    const { limits, proxiesFolder: folder, tools, onFailure } = options;
    this.#budget = new ByteBudget(limits.maxTotalBytes);
    this.proxies = new ProxyFiles({ tools, folder, budget: this.#budget, onFailure });
  }

  /** Of all files together, proxies included. */
  get bytes(): number {
    return this.#budget.taken;
  }

  /** Removes files that no video has (the server died while one was taken in), then begins to work. */
  async start(): Promise<void> {
    const { folder, store } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const file of await readdir(folder)) {
      const video = await store.videos.get(file);
      if (video === null) await rm(join(folder, file), { recursive: true, force: true });
      else this.#budget.count(video.bytes);
    }
    await this.proxies.start(async (id) => (await store.videos.get(id)) !== null);
    await this.worker.start();
  }

  /** Takes nothing in any more, nor works on anything: jobs are back in the queue when it resolves. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#takings);
    await this.worker.stop();
    await this.proxies.stop();
  }

  /**
   * Looks at a file before any work, keeps it, and queues its first job. A file that is not kept is removed; one by tus
   * only when it is refused: what fails for now may be tried again.
   * @throws RequestError `videos_full`, those of `expectAllowed`, those of `probeVideo` and of the plan; CancelledError
   * when the library is stopped
   */
  async takeIn(file: ArrivedFile, readPlan: () => VideoPlan): Promise<TakenVideo> {
    const taking = this.#takeIn(file, readPlan);
    this.#takings.add(taking);
    try {
      return await taking;
    } finally {
      this.#takings.delete(taking);
    }
  }

  async #takeIn(file: ArrivedFile, readPlan: () => VideoPlan): Promise<TakenVideo> {
    const { folder, store, tools, limits, onFailure } = this.options;
    const { signal } = this.#stopping;
    const id = randomUUID();
    let path = file.path;
    let taken = 0;
    let isKept = false;
    try {
      throwIfCancelled(signal);
      const plan = readPlan();
      this.#check(plan);
      const { size: bytes } = await stat(path);
      this.#budget.take(bytes);
      taken = bytes;
      const facts = await tools.inspect(path, signal);
      throwIfCancelled(signal);
      expectAllowed(facts, limits);
      const kept = join(folder, id);
      await rename(path, kept);
      path = kept;
      const { name, origin } = file;
      const video: StoredVideo = { id, createdMs: this.#now(), name, origin, file: id, bytes, ...facts };
      await store.videos.put(video);
      isKept = true;
      return { video, job: await this.addJob(id, plan) };
    } catch (error) {
      if (file.origin !== 'tus' || error instanceof RequestError) await rm(path, { force: true });
      else if (path !== file.path) await rename(path, file.path).catch(onFailure);
      this.#budget.give(taken);
      if (isKept) await this.#forget(id).catch(onFailure);
      throw hidePath(error, file.path, file.name);
    }
  }

  /** @throws RequestError `video_not_found` */
  async get(id: string): Promise<StoredVideo> {
    const video = await this.options.store.videos.get(id);
    if (video !== null) return video;
    throw new RequestError('video_not_found', `there is no video ${JSON.stringify(id)}: see GET /v1/videos`);
  }

  /**
   * Where the file of a video lies, and its name for people.
   * @throws RequestError `video_not_found`
   */
  async file(id: string): Promise<{ path: string; name: string; kind: StoredVideo['kind'] }> {
    const { file, name, kind } = await this.get(id);
    return { path: join(this.options.folder, file), name, kind };
  }

  /**
   * Looks at a file that is not kept, before any work.
   * @throws RequestError those of `expectAllowed`, those of `probeVideo`
   */
  async inspectAllowed(path: string): Promise<VideoFacts> {
    const { tools, limits } = this.options;
    const facts = await tools.inspect(path);
    expectAllowed(facts, limits);
    return facts;
  }

  /** @throws RequestError `video_not_found`, RetryableError `queue_full` */
  async addJob(id: string, plan: VideoPlan, lane: JobLane = 'routine'): Promise<Job> {
    const { store, hub, limits } = this.options;
    this.#check(plan);
    await this.get(id);
    if ((await store.jobs.waiting()) >= limits.maxWaitingJobs) {
      throw new RetryableError('queue_full', `${limits.maxWaitingJobs} jobs wait already: try again later`);
    }
    const job = await store.jobs.add({ id: randomUUID(), video: id, lane, plan, createdMs: this.#now() });
    await hub.publish(`videos/${id}`, [{ event: { kind: 'state', state: 'queued', job: job.id } }]);
    this.worker.wake();
    return job;
  }

  /** @throws RequestError `job_not_found` */
  async job(id: string): Promise<Job> {
    const job = await this.options.store.jobs.get(id);
    if (job !== null) return job;
    throw new RequestError(
      'job_not_found',
      `there is no job ${JSON.stringify(id)}: see GET /v1/videos/ID/jobs`,
    );
  }

  /** Takes a job back if it is not over; resolves with how it stands when that has been told. */
  async cancel(id: string): Promise<Job> {
    await this.worker.cancel(await this.job(id));
    return this.job(id);
  }

  /**
   * Where the file of a video lies.
   * @throws RequestError `video_not_found`
   */
  async place(id: string): Promise<FilePlace & { readonly video: StoredVideo }> {
    const video = await this.get(id);
    return { folder: this.options.folder, file: video.file, video };
  }

  /** Has a copy of a video made that every browser plays. @throws RequestError `video_not_found`, those of `ProxyFiles` */
  async makeProxy(id: string): Promise<ProxyState> {
    const { video, folder, file } = await this.place(id);
    if (video.kind === 'picture') {
      throw new RequestError(
        'proxy_of_picture',
        'browsers show pictures as they are: ask for /v1/videos/ID/media',
      );
    }
    return this.proxies.make(video, join(folder, file));
  }

  /** Removes a video with its file, proxy, jobs and events. */
  async remove(id: string): Promise<void> {
    const { store, hub, folder } = this.options;
    const video = await this.get(id);
    for (const job of await store.jobs.ofVideo(id)) await this.worker.cancel(job);
    hub.tell(`videos/${id}`, { kind: 'state', state: 'deleted' });
    await store.videos.remove(id); // first: what is left after a crash is swept up
    await this.worker.idle(id);
    await hub.settled();
    await store.jobs.removeOfVideo(id);
    await store.events.removeTopic(`videos/${id}`);
    await store.frames.removeTopic(`videos/${id}`);
    await this.proxies.remove(id);
    await rm(join(folder, video.file), { force: true });
    this.#budget.give(video.bytes);
  }

  async #forget(id: string): Promise<void> {
    const { store } = this.options;
    await store.videos.remove(id);
    await store.jobs.removeOfVideo(id);
  }

  async #fileOf(id: string): Promise<{ path: string; name: string } | null> {
    const video = await this.options.store.videos.get(id);
    return video === null ? null : { path: join(this.options.folder, video.file), name: video.name };
  }

  #check(plan: VideoPlan): void {
    for (const task of plan.tasks) checkVideoTask(toVideoTask(task, this.options.tools.defaultFrames));
  }
}
