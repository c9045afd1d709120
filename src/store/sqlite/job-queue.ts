/* eslint-disable @typescript-eslint/require-await -- the interface promises, as a store elsewhere takes its time; SQLite answers at once */
import type Database from 'libsql';
import type { EventBody } from '../event-body.js';
import type { NewEvent } from '../event-log.js';
import { type Job, JOB_STATES, type JobFailure, type JobLane, type JobState } from '../job.js';
import type { JobEnd, JobQueue } from '../job-queue.js';
import type { StoredEvent } from '../stored-event.js';
import { inTransaction } from './in-transaction.js';

interface JobRow {
  readonly id: string;
  readonly video: string;
  readonly lane: JobLane;
  readonly state: JobState;
  readonly attempts: number;
  readonly plan: string;
  readonly created_ms: number;
  readonly started_ms: number | null;
  readonly finished_ms: number | null;
  readonly progress: number | null;
  readonly failure: string | null;
}

/** The jobs in SQLite; a change of state is one statement, so that it is whole or not at all. */
export class SqliteJobQueue implements JobQueue {
  /** @param append keeps events inside the transaction that is open */
  constructor(
    private readonly database: Database.Database,
    private readonly append: (topic: string, events: readonly NewEvent[]) => readonly StoredEvent[],
  ) {}

  async add(job: Pick<Job, 'id' | 'video' | 'lane' | 'plan' | 'createdMs'>): Promise<Job> {
    const row = this.#one(
      `INSERT INTO jobs (id, video, lane, state, plan, created_ms) VALUES (?, ?, ?, 'queued', ?, ?) RETURNING *`,
      [job.id, job.video, job.lane, JSON.stringify(job.plan), job.createdMs],
    );
    if (row === null) throw new TypeError('INSERT gave no row');
    return row;
  }

  async get(id: string): Promise<Job | null> {
    return this.#one('SELECT * FROM jobs WHERE id = ?', [id]);
  }

  async ofVideo(video: string): Promise<readonly Job[]> {
    const rows = this.database.prepare('SELECT * FROM jobs WHERE video = ? ORDER BY number').all(video);
    return (rows as JobRow[]).map(jobOf);
  }

  async waiting(): Promise<number> {
    const row = this.database.prepare(`SELECT count(*) AS count FROM jobs WHERE state = 'queued'`).get();
    return (row as { count: number }).count;
  }

  async countStates(): Promise<Readonly<Record<JobState, number>>> {
    const rows = this.database.prepare('SELECT state, count(*) AS count FROM jobs GROUP BY state').all();
    const counted = new Map(
      (rows as { state: JobState; count: number }[]).map((row) => [row.state, row.count]),
    );
    return Object.fromEntries(JOB_STATES.map((state) => [state, counted.get(state) ?? 0])) as Record<
      JobState,
      number
    >;
  }

  async begin(lane: JobLane, nowMs: number): Promise<Job | null> {
    return this.#one(
      `UPDATE jobs SET state = 'running', attempts = attempts + 1, started_ms = ?
       WHERE number = (SELECT min(number) FROM jobs WHERE state = 'queued' AND lane = ?) RETURNING *`,
      [nowMs, lane],
    );
  }

  async requeue(): Promise<number> {
    return this.database.prepare(`UPDATE jobs SET state = 'queued' WHERE state = 'running'`).run().changes;
  }

  async release(id: string): Promise<void> {
    const sql = `UPDATE jobs SET state = 'queued', attempts = attempts - 1 WHERE id = ? AND state = 'running'`;
    this.database.prepare(sql).run(id);
  }

  async progress(id: string, progress: number | null): Promise<void> {
    this.database.prepare('UPDATE jobs SET progress = ? WHERE id = ?').run(progress, id);
  }

  async finish(
    { id, video }: Pick<Job, 'id' | 'video'>,
    { state, failure }: JobEnd,
    event: EventBody,
    nowMs: number,
  ): Promise<readonly StoredEvent[]> {
    const sql = `UPDATE jobs SET state = ?, failure = ?, finished_ms = ?
      WHERE id = ? AND state IN ('queued', 'running')`;
    const why = failure === undefined ? null : JSON.stringify(failure);
    return inTransaction(this.database, () => {
      const { changes } = this.database.prepare(sql).run(state, why, nowMs, id);
      return changes === 0 ? [] : this.append(`videos/${video}`, [{ event, atMs: nowMs }]);
    })();
  }

  async removeOfVideo(video: string): Promise<void> {
    this.database.prepare('DELETE FROM jobs WHERE video = ?').run(video);
  }

  #one(sql: string, values: readonly unknown[]): Job | null {
    const row = this.database.prepare(sql).get(...values) as JobRow | undefined;
    return row === undefined ? null : jobOf(row);
  }
}

function jobOf(row: JobRow): Job {
  const { id, video, lane, state, attempts, plan, created_ms, started_ms, finished_ms, progress, failure } =
    row;
  return {
    id,
    video,
    lane,
    state,
    attempts,
    plan: JSON.parse(plan) as unknown,
    createdMs: created_ms,
    startedMs: started_ms,
    finishedMs: finished_ms,
    progress,
    failure: failure === null ? null : (JSON.parse(failure) as JobFailure),
  };
}
