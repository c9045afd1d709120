/** Things pushed by one side and awaited by the other, in order; ends once, well or with an error. */
export class EventQueue<T> implements AsyncIterable<T> {
  private readonly waiting: T[] = [];
  private ending: { readonly error: unknown } | 'well' | null = null;
  private wake: () => void = () => undefined;

  push(item: T): void {
    if (this.ending === null) this.waiting.push(item);
    this.wake();
  }

  end(): void {
    this.ending ??= 'well';
    this.wake();
  }

  /** What was pushed and not yet taken is dropped: the error comes next. */
  fail(error: unknown): void {
    if (this.ending === null) this.waiting.length = 0;
    this.ending ??= { error };
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const item = this.waiting.shift();
      if (item !== undefined) {
        yield item;
        continue;
      }
      if (this.ending === 'well') return;
      if (this.ending !== null) throw this.ending.error;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
