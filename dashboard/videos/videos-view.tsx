import './videos.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { errorText } from '../api/api-error.js';
import { videoPagesQuery } from '../api/queries.js';
import { Loading } from '../parts/loading.js';
import { Notice } from '../parts/notice.js';
import { DropZone } from './drop-zone.js';
import { SampleGrid } from './sample-grid.js';
import { UploadList } from './upload-list.js';
import { VideoCard } from './video-card.js';

/** All videos, and the way for more to come in. */
export function VideosView() {
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(videoPagesQuery);
  const isFirst = data?.total === 0;
  return (
    <div className="view">
      <div className="view-head">
        <div>
          <h1>{isFirst ? 'Show it a video' : 'Videos'}</h1>
          <p className="soft">
            {isFirst
              ? 'It says what happens, answers questions about it, and points at things.'
              : `${data === undefined ? '' : data.total} taken in, newest first`}
          </p>
        </div>
      </div>
      <DropZone />
      <UploadList />
      {error !== null && data === undefined && <Notice tone="bad">{errorText(error)}</Notice>}
      {isPending && <Loading label="Loading the videos" />}
      {isFirst && <FirstRun />}
      {data !== undefined && data.videos.length > 0 && (
        <ul className="video-grid" aria-label="Videos">
          {data.videos.map((video) => (
            <li key={video.id}>
              <VideoCard video={video} />
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div>
          <button
            type="button"
            className="button"
            disabled={isFetchingNextPage}
            onClick={() => {
              void fetchNextPage();
            }}
          >
            Show more
          </button>
        </div>
      )}
    </div>
  );
}

function FirstRun() {
  return (
    <section className="stack" aria-labelledby="samples-title">
      <h2 id="samples-title">No video at hand? Take one of these</h2>
      <SampleGrid />
    </section>
  );
}
