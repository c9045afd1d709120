import { setTimeout } from 'node:timers/promises';
import { firstValueFrom, Subject } from 'rxjs';
import { messageOf, PalistreamError, RequestError, RetryableError } from '../../shared/errors.js';
import { type Job, JOB_LANES, type JobFailure, type JobLane } from '../../store/job.js';
import type { JobEnd } from '../../store/job-queue.js';
import { isStoreTrouble } from '../../store/store-trouble.js';
import { troubleEvent } from '../live/trouble-event.js';
import { hidePath } from './hide-path.js';
import { type JobSetting, runJob } from './run-job.js';

export interface JobWorkerOptions extends JobSetting {
  /** Where the file of a video lies, and its name for people; null when the video is gone. */
  readonly fileOf: (video: string) => Promise<{ readonly path: string; readonly name: string } | null>;
  /** Told what should not happen: the store failed. */
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => number;
}

/** A job in whose midst the server died so often is taken to be the reason. */
const MAX_ATTEMPTS = 5;
const STOPPING = Symbol('stopping');
/** Waits while the store is in trouble or the model away; the last for all that follow. */
const OUTAGE_RETRY_MS = [1000, 5000, 10_000, 30_000];

interface RunningJob {
  readonly lane: JobLane;
  readonly video: string;
  readonly controller: AbortController;
  readonly over: Promise<void>;
}

/** Takes jobs from the queue and does them, one a lane at a time; what a dead server left is taken up again. */
export class JobWorker {
  readonly #bell = new Subject<void>();
  readonly #running = new Map<string, RunningJob>();
  readonly #now: () => number;
  #loops: Promise<unknown> = Promise.resolve();
  readonly #stopping = new AbortController();
  #isDraining = false;

  constructor(private readonly options: JobWorkerOptions) {
    this.#now = options.now ?? Date.now;
  }

  async start(): Promise<void> {
    await this.options.store.jobs.requeue();
    this.#loops = Promise.all(JOB_LANES.map((lane) => this.#loop(lane).catch(this.options.onFailure)));
  }

  /** To be called when a job has been added. */
  wake(): void {
    this.#bell.next();
  }

  /** Takes a job back; false when it is over already. */
  async cancel(job: Job): Promise<boolean> {
    const running = this.#running.get(job.id);
    if (running === undefined) return this.#finish(job, { state: 'cancelled' });
    running.controller.abort();
    await running.over;
    return true;
  }

  /** Resolves when nothing is being done with a video. */
  async idle(video: string): Promise<void> {
    const working = [...this.#running.values()].filter((running) => running.video === video);
    await Promise.all(working.map((running) => running.over));
  }

  /** Puts routine jobs back into the queue and begins no more of them; questions go on. */
  drain(): void {
    this.#isDraining = true;
    for (const { lane, controller } of this.#running.values()) {
      if (lane === 'routine') controller.abort(STOPPING);
    }
    this.#bell.next();
  }

  /** Puts what is being done back into the queue and begins nothing more. */
  async stop(): Promise<void> {
    this.#stopping.abort(STOPPING);
    for (const { controller } of this.#running.values()) controller.abort(STOPPING);
    this.#bell.complete();
    await this.#loops;
  }

  /** Ends only when it is stopped: a job that came to nothing by an outage goes back into the queue, and is tried again. */
  async #loop(lane: JobLane): Promise<void> {
    const { jobs } = this.options.store;
    let job: Job | null = null;
    for (let failures = 0; !this.#hasEnded(lane);) {
      const rung = firstValueFrom(this.#bell, { defaultValue: undefined }); // before looking, so that none is missed
      try {
        if (job !== null) await jobs.release(job.id);
        job = await jobs.begin(lane, this.#now());
        if (job === null) await rung;
        else await this.#work(job);
        job = null;
        failures = 0;
      } catch (error) {
        if (failures === 0) this.#tellTrouble(error, job);
        if (job !== null && (await this.#putBack(job))) job = null;
        await this.#pause(OUTAGE_RETRY_MS[Math.min(failures++, OUTAGE_RETRY_MS.length - 1)] ?? 0);
      }
    }
    if (job !== null) await jobs.release(job.id);
  }

  /** As if the job had not been begun; false when the store cannot now. */
  #putBack(job: Job): Promise<boolean> {
    return this.options.store.jobs.release(job.id).then(
      () => true,
      () => false,
    );
  }

  #hasEnded(lane: JobLane): boolean {
    return this.#stopping.signal.aborted || (this.#isDraining && lane === 'routine');
  }

  #tellTrouble(error: unknown, job: Job | null): void {
    this.options.onFailure(error);
    if (job === null || !isOutage(error)) return;
    this.options.hub.tell(`videos/${job.video}`, { ...troubleEvent(error), job: job.id });
  }

  async #pause(milliseconds: number): Promise<void> {
    await setTimeout(milliseconds, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  async #work(job: Job): Promise<void> {
    const controller = new AbortController();
    if (this.#hasEnded(job.lane)) controller.abort(STOPPING);
    const over = this.#workOn(job, controller.signal);
    this.#running.set(job.id, {
      video: job.video,
      lane: job.lane,
      controller,
      over: over.catch(() => undefined),
    });
    try {
      await over;
    } finally {
      this.#running.delete(job.id);
    }
  }

  async #workOn(job: Job, signal: AbortSignal): Promise<void> {
    const { store, hub } = this.options;
    const event = { kind: 'state', state: 'running', job: job.id, attempt: job.attempts };
    await hub.publish(`videos/${job.video}`, [{ event }]);
    const failure = await this.#attempt(job, signal);
    if (failure === null) await this.#finish(job, { state: 'done' });
    else if (signal.reason === STOPPING) await store.jobs.release(job.id);
    else await this.#finish(job, signal.aborted ? { state: 'cancelled' } : { state: 'failed', failure });
  }

  /** Why it came to nothing; null when it did not. */
  async #attempt(job: Job, signal: AbortSignal): Promise<JobFailure | null> {
    const file = await this.options.fileOf(job.video);
    if (file === null) return { code: 'video_not_found', message: 'the video has been deleted' };
    try {
      if (job.attempts > MAX_ATTEMPTS) {
        throw new RetryableError(
          'job_gave_up',
          `the server died ${MAX_ATTEMPTS} times during this job: try again with another plan or video`,
        );
      }
      await runJob(this.options, job, file.path, signal);
      return null;
    } catch (error) {
      if (isOutage(error)) throw error; // not the job's fault
      const { path, name } = file;
      hidePath(error, path, name);
      if (!(error instanceof PalistreamError)) this.options.onFailure(error);
      return {
        code: error instanceof PalistreamError ? error.code : 'unexpected_error',
        message: messageOf(error),
        isRefused: error instanceof RequestError,
      };
    }
  }

  /** The end of the job and the event that tells it are written together, so that neither comes without the other. */
  async #finish(job: Job, end: JobEnd): Promise<boolean> {
    const { store, hub } = this.options;
    const { code, message } = end.failure ?? {};
    const why = code === undefined ? {} : { code, message };
    const event = { kind: 'state', state: end.state, job: job.id, ...why };
    const told = await hub.inTurn(() => store.jobs.finish(job, end, event, this.#now()));
    return told.length > 0;
  }
}

/** The store cannot keep anything, or the model process dies before its model is open; what dies over a clip is told. */
function isOutage(error: unknown): error is PalistreamError {
  return isStoreTrouble(error) || (error instanceof RetryableError && error.code === 'model_process_died');
}
