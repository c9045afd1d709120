import type { PipelineEvent } from '../pipeline/events.js';

/** Writes a demo's words as they come, terminal or not. */
export class DemoPrinter {
  private isOpen = false;
  private written = 0;
  private failed = 0;

  /** @param begunMs when the command began, on the clock of `performance.now` */
  constructor(
    private readonly write: (text: string) => void,
    private readonly begunMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** How many answers have failed. */
  get failures(): number {
    return this.failed;
  }

  introduce(title: string, file: string): void {
    this.write(`${title}: ${file}\n\n`);
  }

  take(event: PipelineEvent): void {
    switch (event.kind) {
      case 'caption.partial':
      case 'answer.partial':
      case 'caption':
      case 'answer': {
        const label = 'question' in event ? `question  ${event.question}\nanswer    ` : 'caption   ';
        if (!this.isOpen) this.write(label);
        this.isOpen = true;
        const text = event.text.trimStart();
        this.write(text.slice(this.written));
        this.written = text.length;
        if (event.kind === 'caption' || event.kind === 'answer') this.end(event.timing);
        return;
      }
      case 'error':
        this.failed++;
        this.write(`${this.isOpen ? '\n' : ''}${event.message}\n\n`);
        this.close();
        return;
      case 'state':
      case 'progress':
      case 'text.partial':
      case 'text':
      case 'detections':
      case 'masks':
    }
  }

  private end(timing: {
    readonly encodeMs: number;
    readonly prefillMs: number;
    readonly decodeMs: number;
  }): void {
    const seconds = ((this.now() - this.begunMs) / 1000).toFixed(1);
    const { encodeMs, prefillMs, decodeMs } = timing;
    const parts = `${encodeMs.toFixed(0)} ms to see, ${prefillMs.toFixed(0)} ms to read, ${decodeMs.toFixed(0)} ms to write`;
    this.write(`\n          (${parts}; ${seconds} s since the start)\n\n`);
    this.close();
  }

  private close(): void {
    this.isOpen = false;
    this.written = 0;
  }
}
