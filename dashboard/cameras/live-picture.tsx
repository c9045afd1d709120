import type { ThingsBody } from '../live/event-bodies.js';

export interface LivePictureProps {
  readonly stream: string;
  readonly name: string;
  readonly things: ThingsBody | null;
  readonly isLive: boolean;
  /** Stands where there is no picture. */
  readonly note: string;
}

/** What a camera sees now. */
export function LivePicture({ note }: LivePictureProps) {
  return <div className="none">{note}</div>;
}
