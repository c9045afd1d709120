import type { Observable } from 'rxjs';
import type { PictureWatcher } from '../streams/picture-watchers.js';
import type { TopicEvent } from './topic-event.js';
import type { AskMessage } from './client-message.js';

/** A question about a topic, as REST and the WebSocket ask it. */
export type TopicQuestion = Omit<AskMessage, 'type' | 'topic' | 'id'> & { readonly id?: string };

/** What a client may listen to and ask about. */
export interface Topics {
  /** @throws RequestError `topic_not_found` */
  expect(topic: string): Promise<void>;
  /**
   * The events of an answer, the last one with the whole; unsubscribing takes the question back.
   * @throws RequestError `bad_request`
   */
  ask(topic: string, question: TopicQuestion): Observable<Pick<TopicEvent, 'event'>>;
  /** Shows what a stream shows, now and whenever it runs. @returns how to leave */
  watch(topic: string, watcher: PictureWatcher): () => void;
}
