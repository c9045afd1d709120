import { Clapperboard } from 'lucide-react';
import { Link } from 'wouter';
import { shortTime } from '../../src/delivery/subtitles/timecode.js';
import type { VideoListBody } from '../../src/delivery/videos/video-shape.js';
import { Age } from '../parts/age.js';
import { Bar } from '../parts/bar.js';
import { ServerPicture } from '../parts/server-picture.js';
import { JobBadge } from './job-badge.js';
import { Thumbnail } from './thumbnail.js';

interface VideoCardProps {
  readonly video: VideoListBody['videos'][number];
}

/** The film's own picture where browsers play it; else there is none but what was looked at. */
function CardPicture({ video }: VideoCardProps) {
  const { kind, playable, media_url, topic, duration_seconds } = video;
  if (kind === 'picture') return <ServerPicture path={media_url} topic={topic} />;
  if (!playable) return <Clapperboard size={26} aria-hidden />;
  return <Thumbnail path={media_url} topic={topic} seconds={Math.min(3, duration_seconds / 2)} />;
}

/** A video among the others: its picture, what it shows, how far it is. */
export function VideoCard({ video }: VideoCardProps) {
  const { id, name, job, caption, duration_seconds, created_at } = video;
  const isWorking = job?.state === 'running' || job?.state === 'queued';
  return (
    <Link className="card video-card" href={`/videos/${id}`}>
      <span className="thumb">
        <CardPicture video={video} />
        <span className="length numbers">{shortTime(Math.round(duration_seconds))}</span>
      </span>
      <span className="about">
        <span className="says">{caption ?? (isWorking ? 'Looking…' : 'Nothing said yet')}</span>
        {isWorking && <Bar label={`Work on ${name}`} share={job.state === 'queued' ? 0 : job.progress} />}
        <span className="row small faint">
          <span className="grow clip">{name}</span>
          {job !== null && job.state !== 'done' ? (
            <JobBadge state={job.state} />
          ) : (
            <Age sinceMs={Date.parse(created_at)} />
          )}
        </span>
      </span>
    </Link>
  );
}
