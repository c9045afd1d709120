import { CircleCheck, Pause, Play, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { Bar } from '../parts/bar.js';
import { byteSize } from '../parts/byte-size.js';
import { Notice } from '../parts/notice.js';
import { uploads, type UploadView } from './uploads.js';

/** The files on their way, each with how far it is. */
export function UploadList() {
  const views = useSyncExternalStore(uploads.watch, uploads.view);
  if (views.length === 0) return null;
  return (
    <ul className="uploads" aria-label="Uploads">
      {views.map((view) => (
        <UploadItem key={view.id} view={view} />
      ))}
    </ul>
  );
}

const WORDS = {
  sending: 'Uploading',
  looking: 'Looking at the file',
  paused: 'Paused',
  failed: 'Stopped',
  done: 'Uploaded',
};

function UploadItem({ view }: { readonly view: UploadView }) {
  const { id, name, bytes, sentBytes, state, failure, video } = view;
  const share = bytes === 0 ? 0 : sentBytes / bytes;
  return (
    <li className="card upload">
      <div className="grow">
        <div className="clip">
          {video === null ? <strong>{name}</strong> : <Link href={`/videos/${video}`}>{name}</Link>}
        </div>
        <div className="small soft numbers">
          {WORDS[state]} · {byteSize(sentBytes)} of {byteSize(bytes)}
          {state === 'sending' && ` · ${Math.floor(share * 100)} %`}
        </div>
      </div>
      <div className="row">
        {state === 'done' && <CircleCheck size={20} aria-hidden color="var(--good)" />}
        {state === 'sending' && (
          <IconButton
            label={`Pause ${name}`}
            onClick={() => {
              uploads.pause(id);
            }}
            Icon={Pause}
          />
        )}
        {(state === 'paused' || state === 'failed') && (
          <IconButton
            label={`Resume ${name}`}
            onClick={() => {
              uploads.resume(id);
            }}
            Icon={Play}
          />
        )}
        <IconButton
          label={`Remove ${name} from the list`}
          onClick={() => {
            uploads.remove(id);
          }}
          Icon={X}
        />
      </div>
      {state !== 'done' && <Bar label={`Upload of ${name}`} share={state === 'looking' ? null : share} />}
      {failure !== null && (
        <div className="grow">
          <Notice tone="bad">{failure}</Notice>
        </div>
      )}
    </li>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly Icon: typeof X;
}

function IconButton({ label, onClick, Icon }: IconButtonProps) {
  return (
    <button type="button" className="button quiet icon" aria-label={label} title={label} onClick={onClick}>
      <Icon size={17} aria-hidden />
    </button>
  );
}
