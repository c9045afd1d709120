import type { PipelineEvent } from '../events.js';
import type { DrawnLook, DrawnWords, Drawing } from './drawing.js';
import { maskRuns } from './mask-runs.js';

/** Gathers what is to be drawn from the events of a pipeline, as they come. */
export class DrawingCollector {
  readonly #looks: DrawnLook[] = [];
  readonly #words: DrawnWords[] = [];

  /** @param withTracks whether things get the number of their track: a picture's would all be new ones */
  constructor(private readonly withTracks: boolean) {}

  take(event: PipelineEvent): void {
    switch (event.kind) {
      case 'caption':
      case 'answer':
      case 'text': {
        const { startSeconds, endSeconds } = event;
        const text = event.text.trim();
        if (text !== '') this.#words.push({ startSeconds, endSeconds, text });
        return;
      }
      case 'detections':
      case 'masks':
        this.#looks.push({
          seconds: event.seconds,
          endSeconds: event.endSeconds,
          things: event.found.map(({ label, track, box, mask }) => ({
            label,
            track: this.withTracks ? track : null,
            box,
            mask: mask === null ? null : maskRuns(mask),
          })),
        });
        return;
      case 'state':
      case 'progress':
      case 'error':
      case 'caption.partial':
      case 'answer.partial':
      case 'text.partial':
    }
  }

  get drawing(): Drawing {
    return { looks: this.#looks, words: this.#words };
  }
}
