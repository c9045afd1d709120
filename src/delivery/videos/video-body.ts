import type { StoredVideo } from '../../store/stored-video.js';
import { isPlayable } from './is-playable.js';
import { mediaType } from './media-type.js';
import type { VideoBody } from './video-shape.js';

/** A video as it is told over HTTP. */
export function videoBody(video: StoredVideo): VideoBody {
  return {
    id: video.id,
    topic: `videos/${video.id}`,
    name: video.name,
    origin: video.origin,
    bytes: video.bytes,
    kind: video.kind,
    container: video.container,
    codec: video.codec,
    width: video.widthPixels,
    height: video.heightPixels,
    duration_seconds: video.durationSeconds,
    frames_per_second: video.framesPerSecond,
    media_url: `/v1/videos/${video.id}/media`,
    media_type: mediaType(video),
    playable: isPlayable(video),
    created_at: new Date(video.createdMs).toISOString(),
  };
}
