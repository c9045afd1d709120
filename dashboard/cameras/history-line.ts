import type { DroppedBody, EventBodies } from '../live/event-bodies.js';

export interface HistoryLine {
  readonly text: string;
  readonly note: string;
  /** Address of a picture of the moment; null when there is none. */
  readonly picture: string | null;
}

/** An event as it stands in a camera's history; null for what does not belong there. */
export function historyLine(event: EventBodies): HistoryLine | null {
  switch (event.kind) {
    case 'caption':
    case 'text':
      return {
        text: event.text.trim(),
        note: behind(event.timing_ms.total),
        picture: event.frame_url ?? null,
      };
    case 'answer': {
      const asked = `${event.question ?? ''} ${event.text.trim()}`.trim();
      return { text: asked, note: behind(event.timing_ms.total), picture: event.frame_url ?? null };
    }
    case 'detections':
    case 'masks': {
      const names = event.found.map(({ label, track }) => `${label} ${track}`).join(', ');
      const note = behind(event.timing_ms.total);
      return {
        text: names === '' ? 'Nothing found' : `Found ${names}`,
        note,
        picture: event.frame_url ?? null,
      };
    }
    case 'state':
      return {
        text: `${event.state.charAt(0).toUpperCase()}${event.state.slice(1)}`,
        note: event.reason ?? '',
        picture: null,
      };
    case 'dropped':
      return { text: droppedLine(event), note: '', picture: null };
    case 'error':
      return { text: event.message, note: event.code, picture: null };
    case 'gap':
    case 'progress':
    case 'caption.partial':
    case 'answer.partial':
    case 'text.partial':
      return null;
  }
}

function droppedLine({ reason, windows = 0, events = 0 }: DroppedBody): string {
  switch (reason) {
    case 'busy':
      return `Left out ${windows} windows: the model was busy`;
    case 'slow':
      return `Left out ${events} partial texts: this page was slow`;
    case 'not_kept':
      return `Before this, ${events} events were not kept: the server could not write them`;
  }
}

function behind(totalMs: number): string {
  return `${(totalMs / 1000).toFixed(1)} s behind`;
}
