import type { StreamTaskBody } from '../../src/delivery/streams/stream-plan-body.js';
import type { StreamBody } from '../../src/delivery/streams/stream-shape.js';
import type { PartialBody, ThingsBody, WordsBody } from '../live/event-bodies.js';
import type { TopicView } from '../live/topic-log.js';

/** What a camera's tile shows. */
export interface CameraNews {
  /** The newest thing the plan has said. */
  readonly words: { readonly text: string; readonly atMs: number; readonly totalMs: number } | null;
  /** What is being written. */
  readonly writing: PartialBody | null;
  /** What was found last, by a plan that still looks for things. */
  readonly things: ThingsBody | null;
  readonly state: string;
  readonly reason: string;
  /** Windows nobody looked at. */
  readonly drops: number;
}

const FINDING: ReadonlySet<StreamTaskBody['task']> = new Set(['detect', 'segment', 'refer']);
/** In others a run begins or is over: what was found before is not in its pictures. */
const MIDST_OF_RUN: ReadonlySet<string> = new Set(['live', 'stalled', 'retrying']);

/** The newest of what a camera's topic told; what it did not tell yet comes from the camera's own body. */
export function cameraNews(view: TopicView, stream: StreamBody): CameraNews {
  let words: CameraNews['words'] = null;
  let things: ThingsBody | null = null;
  let drops = stream.counts?.dropped_busy ?? 0;
  let state = stream.state?.state ?? (stream.running ? 'connecting' : 'stopped');
  let reason = stream.state?.reason ?? 'It does not run.';
  for (const { event, atMs } of [...view.events, ...view.unkept]) {
    switch (event.kind) {
      case 'caption':
      case 'answer':
      case 'text':
        if (isOfPlan(event)) words = { text: textOf(event), atMs, totalMs: event.timing_ms.total };
        break;
      case 'detections':
      case 'masks':
        if (isOfPlan(event)) things = event;
        break;
      case 'dropped':
        drops = Math.max(drops, event.total_windows ?? 0);
        break;
      case 'state':
        if (!MIDST_OF_RUN.has(event.state)) things = null;
        if (stream.running || event.state === 'ended' || event.state === 'failed') {
          state = event.state;
          reason = event.reason ?? reason;
        }
        break;
      case 'error':
      case 'gap':
      case 'progress':
      case 'caption.partial':
      case 'answer.partial':
      case 'text.partial':
    }
  }
  if (!stream.running || !stream.plan.tasks.some(({ task }) => FINDING.has(task))) things = null;
  const writing = [...view.partials.values()].findLast(isOfPlan) ?? null;
  return { words, writing, things, state, reason, drops };
}

/** What was asked by a person is not what the camera says. */
function isOfPlan({ ask_id }: { readonly ask_id?: string | null }): boolean {
  return ask_id === undefined || ask_id === null;
}

function textOf({ kind, question, text }: WordsBody): string {
  return kind === 'answer' && question !== undefined ? `${question} ${text.trim()}` : text.trim();
}
