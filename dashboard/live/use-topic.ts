import { useSyncExternalStore } from 'react';
import { fetchPast } from './fetch-past.js';
import { pageLink } from './page-link.js';
import { TopicLog, type TopicView } from './topic-log.js';

const logs = new Map<string, TopicLog>();
/** A topic that nobody looks at is forgotten, unless somebody comes back soon (from one view to the next). */
const FORGET_MS = 5000;

function logOf(topic: string, back: number): TopicLog {
  const name = `${topic} ${back}`;
  const known = logs.get(name);
  if (known !== undefined) return known;
  const log = new TopicLog(pageLink, topic, back, {
    fetchPast,
    onIdle: () => {
      window.setTimeout(() => {
        if (!log.isWatched && logs.get(name) === log) logs.delete(name);
      }, FORGET_MS);
    },
  });
  logs.set(name, log);
  return log;
}

export interface FollowedTopic {
  readonly view: TopicView;
  readonly earlier: (count: number) => void;
  readonly seek: (seq: number) => void;
}

/** Follows a topic while the component is there. @param back how many of its newest events are wanted */
export function useTopic(topic: string, back = Infinity): FollowedTopic {
  const log = logOf(topic, back);
  const view = useSyncExternalStore(log.watch, log.view);
  return { view, earlier: log.earlier, seek: log.seek };
}
