import type { Observable } from 'rxjs';
import { RequestError } from '../shared/errors.js';
import type { Store } from '../store/store.js';
import { parseRequest } from './http/parse-request.js';
import type { TopicHub } from './live/topic-hub.js';
import type { TopicQuestion, Topics } from './live/topics.js';
import type { TopicEvent } from './live/topic-event.js';
import type { StreamManager } from './streams/stream-manager.js';
import { askVideo } from './videos/ask-video.js';
import type { VideoLibrary } from './videos/video-library.js';
import { videoTaskBody } from './videos/video-plan.js';

export interface TopicsOptions {
  readonly store: Store;
  readonly hub: TopicHub;
  readonly videos: VideoLibrary;
  readonly streams: StreamManager;
}

/** The topics of a server: its videos and its streams. */
export function serveTopics({ store, hub, videos, streams }: TopicsOptions): Topics {
  return {
    async expect(topic) {
      const [kind, id = ''] = topic.split('/');
      const there = kind === 'videos' ? await store.videos.get(id) : await store.streams.get(id);
      if (there !== null) return;
      throw new RequestError(
        'topic_not_found',
        `there is no topic ${JSON.stringify(topic)}: see GET /v1/${kind ?? ''}`,
      );
    },
    ask(topic, question): Observable<Pick<TopicEvent, 'event'>> {
      const [kind, id = ''] = topic.split('/');
      const task = taskOf(question);
      if (kind === 'videos') return askVideo(videos, hub, id, task);
      const { seconds, frames, max_new_tokens: maxNewTokens, id: askId, lang = 'en' } = question;
      const asked =
        task.task === 'ask'
          ? ({ kind: 'answer', lang, question: task.question } as const)
          : ({ kind: 'prompt', prompt: task.prompt } as const);
      return streams.ask(id, { task: asked, seconds, frames, maxNewTokens, id: askId });
    },
    watch(topic, watcher): () => void {
      const [, id = ''] = topic.split('/');
      const leave = streams.watch(id, watcher);
      const picture = streams.live(id)?.picture ?? null;
      if (picture !== null) watcher.picture(picture);
      return leave;
    },
  };
}

function taskOf({
  question,
  prompt,
  lang,
  frames,
  max_new_tokens,
  start_seconds,
  end_seconds,
}: TopicQuestion) {
  if ((question === undefined) === (prompt === undefined)) {
    throw new RequestError('bad_request', 'a question needs either "question" or "prompt": give one of them');
  }
  const given = { frames, max_new_tokens, start_seconds, end_seconds };
  const task =
    prompt === undefined ? { task: 'ask', question, lang, ...given } : { task: 'prompt', prompt, ...given };
  const checked = parseRequest(videoTaskBody, task);
  if (checked.task === 'ask' || checked.task === 'prompt') return checked;
  throw new TypeError(`a question became ${checked.task}`);
}
