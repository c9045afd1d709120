import type { StoredWebhook } from './stored-webhook.js';

/** Whether an event of a topic is one of those that are sent to a webhook. */
export function isWanted({ topics, kinds }: StoredWebhook, topic: string, kind: string): boolean {
  if (kinds !== null && !kinds.includes(kind)) return false;
  return topics.some((pattern) =>
    pattern.endsWith('*') ? topic.startsWith(pattern.slice(0, -1)) : topic === pattern,
  );
}
