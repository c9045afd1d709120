import { concatMap } from 'rxjs';
import { consume } from '../../pipeline/consume.js';
import type { PipelineEvent } from '../../pipeline/events.js';
import { eventJson } from '../../pipeline/json/event-json.js';
import { eventWords } from '../../pipeline/json/event-words.js';
import { RetryableError } from '../../shared/errors.js';
import type { EventBody } from '../../store/event-body.js';
import type { Job } from '../../store/job.js';
import type { Store } from '../../store/store.js';
import { frameUrl } from '../frames/frame-url.js';
import { videoFrameId } from '../frames/video-frame-id.js';
import type { TopicHub } from '../live/topic-hub.js';
import { toVideoTask } from './to-video-task.js';
import { videoPlan, type VideoTaskBody } from './video-plan.js';
import type { VideoTools } from './video-tools.js';

/** A clip during which the model process dies so often is taken to be the reason; others only had bad luck. */
const MAX_DEATHS = 3;
const AGAIN = new Error('the clip is looked at again');

export interface JobSetting {
  readonly store: Store;
  readonly hub: TopicHub;
  readonly tools: VideoTools;
}

/**
 * Does the tasks of a job one after the other. Each clip's outcome has a key, so that work that is done again after a
 * crash gives no result twice; clips whose outcome is there are passed over, and count as failed if they did.
 * @throws RetryableError `clips_incomplete` when some clips got no text; what the pipeline throws
 */
export async function runJob(
  { store, hub, tools }: JobSetting,
  job: Job,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const topic = `videos/${job.video}`;
  const { tasks } = videoPlan.parse(job.plan);
  const isPicture = (await store.videos.get(job.video))?.kind === 'picture';
  const frames = isPicture ? 1 : tools.defaultFrames;
  const deaths = new Map<string, number>();

  const take = async (event: PipelineEvent, task: number): Promise<void> => {
    if (event.kind === 'state') return; // the job's own states are told
    const body: EventBody = { ...eventJson(event), job: job.id, task_index: task };
    if (event.kind === 'progress') {
      const progress = event.total === null ? null : (task + event.done / event.total) / tasks.length;
      await store.jobs.progress(job.id, progress);
      hub.tell(topic, { ...body, progress });
      return;
    }
    if (event.kind !== 'error' && !('provenance' in event)) {
      hub.tell(topic, body);
      return;
    }
    const words = eventWords(event);
    const key = clipKey(job.id, task, event.clip);
    if (event.kind === 'error') {
      const died = (deaths.get(key) ?? 0) + 1;
      deaths.set(key, died);
      if (event.code === 'model_process_died' && died < MAX_DEATHS) throw AGAIN;
    }
    const seconds = momentSeconds(event);
    const frame =
      seconds === null ? {} : { frame_url: frameUrl(videoFrameId({ video: job.video, seconds })) };
    await hub.publish(topic, [
      { event: { ...body, ...frame }, key, job: job.id, ...(words === null ? {} : { words }) },
    ]);
  };

  /** Does what of a task has no outcome yet; false when it was broken off for a clip that is to be looked at again. */
  const go = async (place: number, body: VideoTaskBody): Promise<boolean> => {
    const known = await store.events.keys(job.id);
    let first = 0;
    while (known.has(clipKey(job.id, place, first))) first++;
    const events = tools.describe(path, toVideoTask(body, frames), first);
    try {
      await consume(events.pipe(concatMap((event) => take(event, place))), () => undefined, signal);
      return true;
    } catch (error) {
      if (error === AGAIN) return false;
      throw error;
    }
  };

  for (const [place, body] of tasks.entries()) {
    while (!(await go(place, body)));
  }
  const failed = [...(await store.events.keys(job.id)).values()].filter((kind) => kind === 'error').length;
  if (failed > 0) throw new RetryableError('clips_incomplete', `${failed} clips got no text: try again`);
}

function clipKey(job: string, task: number, clip: number): string {
  return `${job}/${task}/${clip}`;
}

/** The frame that shows best what a result is about: the one that was looked at, or the middle one of several. */
function momentSeconds(event: PipelineEvent): number | null {
  if (!('provenance' in event)) return null;
  if ('found' in event) return event.seconds;
  const { frameSeconds } = event.provenance;
  return frameSeconds[Math.floor(frameSeconds.length / 2)] ?? null;
}
