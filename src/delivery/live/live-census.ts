/** A connection as far as it is counted. */
export interface CountedWire {
  /** Handed over and not sent yet. */
  readonly waitingBytes: number;
}

/** Who follows topics now, and what slow or hasty clients have cost themselves since the start. */
export class LiveCensus {
  readonly sockets = new Set<CountedWire>();
  readonly eventStreams = new Set<CountedWire>();
  /** Passing events that were left out for slow clients. */
  passingDropped = 0;
  /** Clients that were cut off as too much waited for them. */
  tooSlow = 0;
  /** Clients that were cut off as they sent too many messages. */
  tooManyMessages = 0;

  /** What waits for all of them together. */
  get waitingBytes(): number {
    let bytes = 0;
    for (const wire of this.sockets) bytes += wire.waitingBytes;
    for (const wire of this.eventStreams) bytes += wire.waitingBytes;
    return bytes;
  }
}
