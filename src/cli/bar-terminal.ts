/** The calls cli-progress makes to a terminal, as of its version 3.12. */
export interface CliProgressTerminal {
  write(text: string): void;
  cursorTo(): void;
  clearRight(): void;
  clearLine(): void;
  newline(): void;
  cursorSave(): void;
  cursorRestore(): void;
  cursor(): void;
  lineWrapping(): void;
  isTTY(): boolean;
  getWidth(): number;
}

const START_OF_LINE = '\r';
const CLEAR_TO_END = '\u001b[K';
const NARROW_COLUMNS = 80;
const nothing = (): void => undefined;

/**
 * A terminal for a bar that shares it with text: the bar may draw only while `isShown`, and only on the line the
 * cursor is on. cli-progress's own one saves the cursor at the start and comes back to it at the end, over
 * whatever was written between, and turns the wrapping of long lines off.
 */
export class BarTerminal implements CliProgressTerminal {
  isShown = true;
  readonly newline = nothing;
  readonly cursorSave = nothing;
  readonly cursorRestore = nothing;
  readonly cursor = nothing;
  readonly lineWrapping = nothing;

  constructor(private readonly stream: { readonly columns?: number; write(text: string): unknown }) {}

  write(text: string): void {
    if (this.isShown) this.stream.write(text);
  }

  cursorTo(): void {
    this.write(START_OF_LINE);
  }

  clearRight(): void {
    this.write(CLEAR_TO_END);
  }

  clearLine(): void {
    this.write(START_OF_LINE + CLEAR_TO_END);
  }

  isTTY(): boolean {
    return true;
  }

  getWidth(): number {
    return this.stream.columns ?? NARROW_COLUMNS;
  }
}
