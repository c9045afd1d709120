/** An event as it is kept and sent: plain JSON with its kind; names in snake case. */
export interface EventBody {
  readonly kind: string;
  readonly [field: string]: unknown;
}
