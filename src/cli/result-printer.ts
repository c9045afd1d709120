import type { PipelineEvent } from '../pipeline/events.js';
import type { ProgressBar } from './progress-bar.js';
import { type ResultFormat, spanPrefix } from './result-format.js';
import type { Result } from './result-json.js';

export interface PrinterOptions {
  readonly format: ResultFormat;
  /** Whether words are written as they come: text on a terminal. */
  readonly streams: boolean;
  readonly several: boolean;
  readonly bar: ProgressBar;
  readonly write: (text: string) => void;
  /** Told of each clip that failed. */
  readonly onFailure: (event: Extract<PipelineEvent, { kind: 'error' }>) => void;
}

/** Writes the events of a pipeline down as they come; the bar stands aside while a line is being written. */
export class ResultPrinter {
  private written = '';
  private isLineOpen = false;
  /** Results that gave something to write. */
  private results = 0;

  constructor(private readonly options: PrinterOptions) {
    if (options.format.header !== '') options.write(options.format.header);
  }

  take(event: PipelineEvent): void {
    switch (event.kind) {
      case 'caption.partial':
      case 'answer.partial':
      case 'text.partial':
        if (this.options.streams) this.add(event, event.text);
        return;
      case 'caption':
      case 'answer':
      case 'text':
        this.whole(event, this.options.streams);
        return;
      case 'detections':
      case 'masks':
        this.whole(event, false);
        return;
      case 'progress':
        this.options.bar.advance(event.done);
        return;
      case 'error':
        this.options.bar.hide();
        this.closeLine();
        this.options.onFailure(event);
        return;
      case 'state':
        if (event.state === 'finished') this.options.bar.stop();
    }
  }

  private whole(result: Result, streams: boolean): void {
    if (streams) {
      this.add(result, result.text);
      this.closeLine();
      return;
    }
    const text = this.options.format.result(result, this.results + 1);
    if (text === '') return;
    this.results++;
    this.options.bar.hide();
    this.options.write(text);
  }

  /** Writes what of a text is not written yet. */
  private add(span: { readonly startSeconds: number; readonly endSeconds: number }, text: string): void {
    if (!this.isLineOpen) {
      this.options.bar.hide();
      this.isLineOpen = true;
      this.written = '';
      if (this.options.several) this.options.write(spanPrefix(span));
    }
    const shown = text.trimStart();
    if (!shown.startsWith(this.written)) return; // a tokenizer that takes back what it gave: keep what is there
    this.options.write(shown.slice(this.written.length));
    this.written = shown;
  }

  private closeLine(): void {
    if (this.isLineOpen) this.options.write('\n');
    this.isLineOpen = false;
  }
}
