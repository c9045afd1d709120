import type { Observable } from 'rxjs';
import { type OpenedVideo, type OpenOptions, openClips } from '../../clip/open-clips.js';
import type { Model } from '../../model/model.js';
import { RequestError } from '../../shared/errors.js';
import type { Clip } from '../../shared/frame.js';
import type { FfmpegTools } from '../../source/ffmpeg-program.js';
import { describeClips } from '../describe-clips.js';
import type { PipelineEvent } from '../events.js';
import { openLooks } from '../open-looks.js';
import { taskQuestion } from './task-question.js';
import { timedReads } from './timed-reads.js';
import type { VideoTask } from './video-task.js';

/** What videos are looked at with. */
export interface VideoEyes {
  readonly model: Model;
  /** Resolves when the model is open. */
  readonly opened: () => Promise<void>;
  readonly tools: FfmpegTools;
  /** Of a video; a longer one is refused while it is read, whatever it says of itself. */
  readonly maxSeconds?: number | undefined;
  /** Hears how long each clip was waited for. */
  readonly onRead?: ((seconds: number) => void) | undefined;
}

/**
 * Does one task on a file, as soon as the model is open.
 *
 * @param firstClip clips before it are read but not asked about, for work that is taken up again; things are followed
 *   from the beginning, so tasks that are answered with boxes ask about all
 * @throws RequestError `bad_task`, `bad_sampling_plan` at once; the stream errors with those of `openClips`
 */
export function describeVideo(
  { model, opened: modelOpened, tools, maxSeconds, onRead }: VideoEyes,
  path: string,
  { task, plan, range, options }: VideoTask,
  firstClip = 0,
): Observable<PipelineEvent> {
  const question = taskQuestion(task);
  const isAboutThings = question.kind === 'detect' || question.kind === 'segment';
  let opened: OpenedVideo | null = null;
  const known = (): OpenedVideo | null => opened;

  async function* open(signal: AbortSignal): AsyncGenerator<Clip> {
    await modelOpened();
    const how: Omit<OpenOptions, 'plan'> = {
      tools,
      size: model.info.imageSize,
      range,
      maxSeconds,
      signal,
      onOpen: (video) => {
        opened = video;
      },
    };
    if (!isAboutThings) yield* after(firstClip, timedReads(openClips(path, { ...how, plan }), onRead));
    else if (plan.kind === 'even' || plan.kind === 'every')
      yield* timedReads(openLooks(path, { ...how, plan }), onRead);
    else
      throw new RequestError(
        'bad_sampling_plan',
        `the sampling of a task that is answered with boxes is ${plan.kind}: give even or every`,
      );
  }
  return describeClips({
    open,
    total: () => known()?.clips ?? null,
    model,
    questions: [question],
    options,
    things: {
      size: () => ({ width: known()?.video.widthPixels ?? 1, height: known()?.video.heightPixels ?? 1 }),
    },
  });
}

async function* after(first: number, clips: AsyncIterable<Clip>): AsyncGenerator<Clip> {
  for await (const clip of clips) if (clip.index >= first) yield clip;
}
