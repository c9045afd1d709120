import { RequestError } from '../../shared/errors.js';
import type { Job } from '../../store/job.js';
import type { Store } from '../../store/store.js';
import { type Cue, srtCue, VTT_HEADER, vttCue } from '../subtitles/subtitles.js';
import { type VideoTaskBody, videoPlan } from './video-plan.js';

export const CAPTION_FORMATS = ['json', 'vtt', 'srt', 'text'] as const;
export type CaptionFormat = (typeof CAPTION_FORMATS)[number];

export interface CaptionDocument {
  readonly type: string;
  readonly body: string;
}

/** Read from the store at once. */
const PAGE = 500;
/** Tasks whose results are words, those of the video's windows first. */
const WORDY: readonly VideoTaskBody['task'][] = ['captions', 'summary', 'read', 'ask', 'prompt'];

/**
 * The words about a video in one of the formats: of the newest job with captions when none is named, of its windows
 * before its summary when no task is.
 * @throws RequestError `nothing_captioned`
 */
export async function captionDocument(
  store: Store,
  jobs: readonly Job[],
  format: CaptionFormat,
  wanted: { readonly task?: number | undefined },
): Promise<CaptionDocument> {
  for (const kind of wanted.task === undefined ? WORDY : [null]) {
    for (const job of [...jobs].reverse()) {
      const { tasks } = videoPlan.parse(job.plan);
      const task = wanted.task ?? tasks.findIndex((body) => body.task === kind);
      const cues = task === -1 ? [] : await cuesOf(store, job.id, task);
      if (cues.length > 0) return written(cues, format, { video: job.video, job: job.id, task_index: task });
    }
  }
  throw new RequestError(
    'nothing_captioned',
    'nothing has been written about this: wait for its job, or have it captioned',
  );
}

async function cuesOf(store: Store, job: string, task: number): Promise<Cue[]> {
  const cues: Cue[] = [];
  for (let seq = 0; ;) {
    const page = await store.events.results(job, seq, PAGE);
    for (const { event } of page) {
      const { start_seconds: startSeconds, end_seconds: endSeconds, text, task_index } = event;
      if (task_index !== task || typeof text !== 'string') continue;
      cues.push({ startSeconds: Number(startSeconds), endSeconds: Number(endSeconds), text: text.trim() });
    }
    seq = page.at(-1)?.seq ?? seq;
    if (page.length < PAGE) return cues;
  }
}

function written(cues: readonly Cue[], format: CaptionFormat, about: object): CaptionDocument {
  switch (format) {
    case 'json': {
      const captions = cues.map((cue) => ({
        start_seconds: cue.startSeconds,
        end_seconds: cue.endSeconds,
        text: cue.text,
      }));
      return { type: 'application/json', body: JSON.stringify({ ...about, captions }) };
    }
    case 'vtt':
      return { type: 'text/vtt', body: VTT_HEADER + cues.map(vttCue).join('') };
    case 'srt':
      return { type: 'application/x-subrip', body: cues.map((cue, i) => srtCue(cue, i + 1)).join('') };
    case 'text':
      return { type: 'text/plain', body: cues.map(({ text }) => `${text}\n`).join('') };
  }
}
