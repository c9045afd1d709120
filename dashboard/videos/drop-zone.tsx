import { useQueryClient } from '@tanstack/react-query';
import { SlidersHorizontal, UploadCloud } from 'lucide-react';
import { type DragEvent, useId, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { DEFAULT_WISHES, tasksOf, type UploadWishes } from './upload-plan.js';
import { WishesForm } from './wishes-form.js';
import { uploads } from './uploads.js';

/** Where films are dropped or chosen; the first of them is opened as soon as it has arrived. */
export function DropZone() {
  const [isOver, setOver] = useState(false);
  const [wishes, setWishes] = useState<UploadWishes>(DEFAULT_WISHES);
  const input = useRef<HTMLInputElement>(null);
  const [isAsking, setAsking] = useState(false);
  const hint = useId();
  const options = useId();
  const client = useQueryClient();
  const [, go] = useLocation();

  const send = (files: FileList): void => {
    const isOne = files.length === 1;
    for (const file of files) {
      void uploads.start(file, tasksOf(wishes), (id) => {
        void client.invalidateQueries({ queryKey: ['videos'] });
        if (isOne) go(`/videos/${id}`);
      });
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    send(event.dataTransfer.files);
  };
  return (
    <>
      <div
        className={isOver ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={drop}
      >
        <span className="drop-icon">
          <UploadCloud size={24} aria-hidden />
        </span>
        <div className="grow">
          <h2>Drop a video here</h2>
          <p className="small soft" id={hint}>
            Captions begin as soon as it has arrived. An upload that is cut off goes on where it was.
          </p>
        </div>
        <div className="row">
          <button
            type="button"
            className="button quiet"
            aria-expanded={isAsking}
            aria-controls={options}
            onClick={() => {
              setAsking(!isAsking);
            }}
          >
            <SlidersHorizontal size={16} aria-hidden />
            Options
          </button>
          <button
            type="button"
            className="button primary"
            aria-describedby={hint}
            onClick={() => input.current?.click()}
          >
            Choose a file
          </button>
        </div>
        <input
          ref={input}
          className="hidden"
          type="file"
          accept="video/*,image/*,.mkv,.ts"
          multiple
          tabIndex={-1}
          aria-label="Videos to upload"
          onChange={({ target }) => {
            if (target.files !== null) send(target.files);
            target.value = '';
          }}
        />
      </div>
      <div className="card card-body" id={options} hidden={!isAsking}>
        <WishesForm wishes={wishes} onChange={setWishes} />
      </div>
    </>
  );
}
