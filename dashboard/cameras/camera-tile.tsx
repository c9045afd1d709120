import { Link } from 'wouter';
import type { StreamBody } from '../../src/delivery/streams/stream-shape.js';
import { useTopic } from '../live/use-topic.js';
import { Age } from '../parts/age.js';
import { cameraNews } from './camera-news.js';
import { LivePicture } from './live-picture.js';
import { StateBadge } from './state-badge.js';

/** Of each camera on the wall so many of its newest events are here: enough for the newest of each task. */
const TILE_EVENTS = 24;

/** A camera on the wall: what it sees, what was said last and how long ago, how it is, what was left out. */
export function CameraTile({ stream }: { readonly stream: StreamBody }) {
  const { view } = useTopic(stream.topic, TILE_EVENTS);
  const { words, writing, things, state, reason, drops } = cameraNews(view, stream);
  return (
    <Link className="card tile" href={`/cameras/${stream.id}`}>
      <div className="live">
        <LivePicture
          topic={stream.topic}
          name={stream.name}
          things={things}
          isLive={state === 'live'}
          note={reason}
          fps={10}
        />
        <div className="name">
          <strong className="clip">{stream.name}</strong>
          <StateBadge state={state} />
        </div>
      </div>
      <div className="said">
        <p className={writing === null ? 'newest' : 'newest writing'}>
          {writing?.text ?? words?.text ?? <span className="faint">Nothing said yet</span>}
        </p>
        <div className="facts numbers">
          <span>{words === null ? 'no caption' : <Age sinceMs={words.atMs} />}</span>
          {words !== null && (
            <span title="From capture to the finished text">
              {(words.totalMs / 1000).toFixed(1)} s behind
            </span>
          )}
          <span title="Windows nobody looked at, as newer ones came">{drops} dropped</span>
        </div>
      </div>
    </Link>
  );
}
