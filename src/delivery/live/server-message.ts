import type { EventBody } from '../../store/event-body.js';

/** What the server sends to a client of `/v1/live`. */
export type ServerMessage =
  /** `first` is the oldest number that is kept, `last` the newest there is. */
  | { readonly type: 'subscribed'; readonly topic: string; readonly first: number; readonly last: number }
  | { readonly type: 'unsubscribed'; readonly topic: string }
  | EventMessage
  /** An event of the answer to the client's question `id`. */
  | { readonly type: 'answer'; readonly id: string; readonly topic: string; readonly event: EventBody }
  | {
      readonly type: 'error';
      readonly code: string;
      readonly message: string;
      readonly id?: string;
      readonly topic?: string;
    }
  /** What a stream shows; `at` is when it was captured, `jpeg` in base64. */
  | {
      readonly type: 'picture';
      readonly topic: string;
      readonly at: string;
      readonly width: number;
      readonly height: number;
      readonly passed_over: number;
      readonly jpeg: string;
    }
  | { readonly type: 'pong' };

/** An event of a topic; those without `seq` are passing or about the connection (`gap`, `dropped`). */
export interface EventMessage {
  readonly type: 'event';
  readonly topic: string;
  readonly seq?: number;
  /** When it was published. */
  readonly at?: string;
  readonly event: EventBody;
}
