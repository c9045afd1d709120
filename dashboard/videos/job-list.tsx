import { useMutation } from '@tanstack/react-query';
import type { JobBody } from '../../src/delivery/videos/job-shape.js';
import { errorText } from '../api/api-error.js';
import { request } from '../api/request.js';
import { Bar } from '../parts/bar.js';
import { Notice } from '../parts/notice.js';
import { JobBadge } from './job-badge.js';

interface JobListProps {
  readonly jobs: readonly JobBody[];
  /** Newer than what the jobs say. */
  readonly progress: ReadonlyMap<string, number>;
}

/** What is done with a video and how far it is, the newest first. */
export function JobList({ jobs, progress }: JobListProps) {
  const cancel = useMutation({
    mutationFn: (id: string) => request<JobBody>(`/v1/jobs/${id}/cancel`, { method: 'POST' }),
  });
  return (
    <ol className="form" aria-label="Work on this video">
      {cancel.error !== null && <Notice tone="bad">{errorText(cancel.error)}</Notice>}
      {[...jobs].reverse().map((job) => {
        const isOpen = job.state === 'queued' || job.state === 'running';
        return (
          <li key={job.id} className="stack" style={{ gap: 7 }}>
            <div className="row">
              <span className="grow">{job.plan.tasks.map(taskName).join(', ')}</span>
              <JobBadge state={job.state} />
            </div>
            {isOpen && <Bar label="Progress" share={progress.get(job.id) ?? job.progress ?? 0} />}
            {job.error !== null && <Notice tone="bad">{job.error.message}</Notice>}
            {isOpen && (
              <button
                type="button"
                className="button"
                style={{ alignSelf: 'flex-start' }}
                onClick={() => {
                  cancel.mutate(job.id);
                }}
              >
                Cancel
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function taskName(task: JobBody['plan']['tasks'][number]): string {
  switch (task.task) {
    case 'summary':
      return 'Summary';
    case 'captions':
      return task.window_seconds === undefined ? 'Captions' : `Captions every ${task.window_seconds} s`;
    case 'ask':
      return task.question;
    case 'prompt':
      return task.prompt;
    case 'detect':
      return `Find ${task.things.join(', ')}`;
    case 'segment':
      return `Outline ${task.things.join(', ')}`;
    case 'refer':
      return `Find ${task.expression}`;
    case 'read':
      return 'Read words';
  }
}
