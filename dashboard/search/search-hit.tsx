import { Link } from 'wouter';
import type { SearchBody } from '../../src/delivery/search-shape.js';
import { shortTime } from '../../src/delivery/subtitles/timecode.js';
import { ServerPicture } from '../parts/server-picture.js';
import { excerptParts } from './excerpt-parts.js';

interface SearchHitProps {
  readonly hit: SearchBody['hits'][number];
  /** Of the video or camera; null when it is not known here. */
  readonly name: string | null;
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  caption: 'Caption',
  answer: 'Answer',
  detections: 'Found',
  masks: 'Found',
  text: 'Read',
};

/** Something that was said, with its picture; leads to its moment. */
export function SearchHit({ hit, name }: SearchHitProps) {
  const { topic, seq, at, kind, start_seconds, excerpt, frame_url } = hit;
  const [folder, id = ''] = topic.split('/');
  const isVideo = folder === 'videos';
  const start = start_seconds ?? 0;
  return (
    <Link className="card hit" href={isVideo ? `/videos/${id}?at=${start}` : `/cameras/${id}?seq=${seq}`}>
      <span className="thumb">
        <ServerPicture path={frame_url} topic={topic} />
      </span>
      <span className="stack grow" style={{ gap: 6 }}>
        <span className="text">
          {excerptParts(excerpt).map(({ text, isFound }, place) =>
            isFound ? <mark key={place}>{text}</mark> : <span key={place}>{text}</span>,
          )}
        </span>
        <span className="row small faint numbers">
          <span className="badge">{KIND_NAMES[kind] ?? kind}</span>
          <span className="clip">{name ?? (isVideo ? 'A video' : 'A camera')}</span>
          <span>{isVideo ? `at ${shortTime(start)}` : new Date(at).toLocaleString()}</span>
        </span>
      </span>
    </Link>
  );
}
