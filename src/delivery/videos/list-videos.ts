import type { Store } from '../../store/store.js';
import type { StoredVideo } from '../../store/stored-video.js';
import { jobBody } from './job-body.js';
import { videoBody } from './video-body.js';
import type { VideoListBody } from './video-shape.js';

export interface VideoPage {
  readonly limit: number;
  readonly offset: number;
  /** Patterns of the ids that are shown. */
  readonly ids: readonly string[];
}

/** A page of the videos, newest first, each with how it stands and what it shows. */
export async function listVideos(store: Store, { limit, offset, ids }: VideoPage): Promise<VideoListBody> {
  const videos = await store.videos.list(limit, offset, ids);
  return {
    total: await store.videos.count(ids),
    videos: await Promise.all(videos.map((video) => listed(store, video))),
  };
}

async function listed(store: Store, video: StoredVideo): Promise<VideoListBody['videos'][number]> {
  const jobs = (await store.jobs.ofVideo(video.id)).filter(({ lane }) => lane === 'routine').reverse();
  const [newest] = jobs;
  return {
    ...videoBody(video),
    job: newest === undefined ? null : jobBody(newest),
    caption: await firstCaption(
      store,
      jobs.map(({ id }) => id),
    ),
  };
}

async function firstCaption(store: Store, jobs: readonly string[]): Promise<string | null> {
  for (const job of jobs) {
    const first = await store.events.firstOfKind(job, 'caption');
    if (first !== null) return String(first.event['text']);
  }
  return null;
}
