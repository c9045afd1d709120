import './cameras.css';
import { useQuery } from '@tanstack/react-query';
import { Cctv, Plus } from 'lucide-react';
import { useState } from 'react';
import { errorText } from '../api/api-error.js';
import { streamsQuery } from '../api/queries.js';
import { Loading } from '../parts/loading.js';
import { Notice } from '../parts/notice.js';
import { AddCamera } from './add-camera.js';
import { CameraTile } from './camera-tile.js';

/** The wall: every camera with its live picture and what is said of it. */
export default function CamerasView() {
  const { data, error, isPending } = useQuery(streamsQuery);
  const [isAdding, setAdding] = useState(false);
  const add = (
    <button
      type="button"
      className="button primary"
      onClick={() => {
        setAdding(true);
      }}
    >
      <Plus size={17} aria-hidden />
      Add a camera
    </button>
  );
  return (
    <div className="view">
      <div className="view-head">
        <div>
          <h1>Cameras</h1>
          <p className="soft">What each sees now, and what is said of it</p>
        </div>
        {data !== undefined && data.total > 0 && add}
      </div>
      {error !== null && data === undefined && <Notice tone="bad">{errorText(error)}</Notice>}
      {isPending && <Loading label="Loading the cameras" />}
      {data?.total === 0 && (
        <div className="card empty">
          <Cctv size={34} aria-hidden />
          <h2>No camera yet</h2>
          <p>RTSP, RTMP, HLS, Motion JPEG, a capture device, or a video file that is played like a camera.</p>
          {add}
        </div>
      )}
      {data !== undefined && data.streams.length > 0 && (
        <ul className="wall" aria-label="Cameras">
          {data.streams.map((stream) => (
            <li key={stream.id}>
              <CameraTile stream={stream} />
            </li>
          ))}
        </ul>
      )}
      <AddCamera
        isOpen={isAdding}
        onClose={() => {
          setAdding(false);
        }}
      />
    </div>
  );
}
