/** Where bytes leave for a client: a WebSocket or a response. */
export interface Wire {
  /** Handed over and not sent yet. */
  readonly waitingBytes: number;
  /** `sent` is called when the bytes have left, or never will. */
  send(frame: Buffer, sent: () => void): void;
}

export interface OutboxOptions {
  readonly passingBytes: number;
  readonly maxWaitingBytes: number;
  /** Makes the event that tells how many passing events of a topic were dropped. */
  readonly droppedFrame: (topic: string, count: number) => Buffer;
  /** Hears of each passing event that is left out. */
  readonly onDropped?: () => void;
  /** Called once, when more waits than may. */
  readonly onTooSlow: () => void;
}

/**
 * What waits for one client. A slow one first loses passing events, and is told how many once it has caught up; when
 * the others pile up beyond the limit it is cut off. It costs no more memory than the limit, and nobody waits for it.
 */
export class Outbox {
  readonly #dropped = new Map<string, number>();
  #waiters: (() => void)[] = [];
  #isClosed = false;

  constructor(
    private readonly wire: Wire,
    private readonly options: OutboxOptions,
  ) {}

  /** Sends what must arrive. @param sent called when it has left, or never will */
  send(frame: Buffer, sent: () => void = () => undefined): void {
    if (this.#isClosed) {
      sent();
      return;
    }
    if (this.wire.waitingBytes + frame.length > this.options.maxWaitingBytes) {
      this.close();
      this.options.onTooSlow();
      sent();
      return;
    }
    this.wire.send(frame, () => {
      sent();
      this.#settle();
    });
  }

  /** Sends what may be left out. */
  offer(topic: string, frame: Buffer): void {
    if (this.wire.waitingBytes <= this.options.passingBytes && !this.#dropped.has(topic)) this.send(frame);
    else {
      this.#dropped.set(topic, (this.#dropped.get(topic) ?? 0) + 1);
      this.options.onDropped?.();
    }
  }

  /** Resolves when little waits, or nothing will be sent any more. */
  async drained(): Promise<void> {
    if (this.#isClosed || this.#isLow()) return;
    await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  /** Nothing is sent from now on. */
  close(): void {
    this.#isClosed = true;
    for (const resolve of this.#waiters.splice(0)) resolve();
  }

  #isLow(): boolean {
    return this.wire.waitingBytes <= this.options.passingBytes;
  }

  #settle(): void {
    if (this.#isClosed || !this.#isLow()) return;
    const dropped = [...this.#dropped];
    this.#dropped.clear();
    for (const [topic, count] of dropped) this.send(this.options.droppedFrame(topic, count));
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
}
