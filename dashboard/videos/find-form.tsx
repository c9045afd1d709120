import { useMutation } from '@tanstack/react-query';
import { ScanSearch } from 'lucide-react';
import { useState } from 'react';
import type { JobBody } from '../../src/delivery/videos/job-shape.js';
import { errorText } from '../api/api-error.js';
import { request } from '../api/request.js';
import { Notice } from '../parts/notice.js';
import { findTask, type FindWishes } from './find-task.js';

interface FindFormProps {
  readonly video: string;
  readonly onStarted: () => void;
}

const KINDS = [
  ['detect', 'Things, with a box around each'],
  ['segment', 'Things, with their outlines'],
  ['refer', 'One thing, described in words'],
  ['read', 'The words that are seen'],
  ['captions', 'Captions, once more'],
] as const;
const PACES = [0.5, 1, 2, 5];

/** Has more looked for in a video. */
export function FindForm({ video, onStarted }: FindFormProps) {
  const [wishes, setWishes] = useState<FindWishes>({ kind: 'detect', words: '', everySeconds: 1 });
  const start = useMutation({
    mutationFn: (body: object) => request<JobBody>(`/v1/videos/${video}/jobs`, { method: 'POST', body }),
    onSuccess: onStarted,
  });
  const task = findTask(wishes);
  const needsWords = wishes.kind !== 'read' && wishes.kind !== 'captions';
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (task !== null) start.mutate({ tasks: [task] });
      }}
    >
      <label className="field">
        <span>Look for</span>
        <select
          className="input"
          value={wishes.kind}
          onChange={({ target }) => {
            const kind = KINDS.find(([name]) => name === target.value)?.[0] ?? 'detect';
            setWishes({ ...wishes, kind, everySeconds: kind === 'captions' || kind === 'read' ? 5 : 1 });
          }}
        >
          {KINDS.map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {needsWords && (
        <label className="field">
          <span>{wishes.kind === 'refer' ? 'Which one' : 'Names, parted by commas'}</span>
          <input
            className="input"
            placeholder={wishes.kind === 'refer' ? 'the dog on the left' : 'dog, cat'}
            value={wishes.words}
            onChange={({ target }) => {
              setWishes({ ...wishes, words: target.value });
            }}
          />
        </label>
      )}
      <label className="field">
        <span>How often</span>
        <select
          className="input"
          value={wishes.everySeconds}
          onChange={({ target }) => {
            setWishes({ ...wishes, everySeconds: Number(target.value) });
          }}
        >
          {PACES.map((seconds) => (
            <option key={seconds} value={seconds}>
              every {seconds} s
            </option>
          ))}
        </select>
      </label>
      <div>
        <button type="submit" className="button primary" disabled={task === null || start.isPending}>
          <ScanSearch size={16} aria-hidden />
          Start
        </button>
      </div>
      {start.error !== null && <Notice tone="bad">{errorText(start.error)}</Notice>}
      {start.isSuccess && <Notice>It has begun: what is found shows up over the picture.</Notice>}
    </form>
  );
}
