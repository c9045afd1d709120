import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { StreamPlanBody, StreamTaskBody } from '../../src/delivery/streams/stream-plan-body.js';
import type { StreamBody } from '../../src/delivery/streams/stream-shape.js';
import { errorText } from '../api/api-error.js';
import { request } from '../api/request.js';
import { Notice } from '../parts/notice.js';
import { planTask, TASK_KINDS, type TaskKindName, taskWords } from './plan-task.js';

interface Row {
  readonly key: number;
  readonly kind: TaskKindName;
  readonly words: string;
  /** Of the plan that was there; null: a new one. */
  readonly before: StreamTaskBody | null;
}

/** What is asked about every window of a camera; a change holds from the next window on, without a new connection. */
export function PlanForm({ stream }: { readonly stream: StreamBody }) {
  const { plan } = stream;
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(plan.tasks));
  const [windowSeconds, setWindowSeconds] = useState(String(plan.window_seconds));
  const [frames, setFrames] = useState(plan.frames === undefined ? '' : String(plan.frames));
  const client = useQueryClient();
  const apply = useMutation({
    mutationFn: (body: StreamPlanBody) =>
      request<StreamBody>(`/v1/streams/${stream.id}/plan`, { method: 'PUT', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['streams'] }),
  });
  const change = (key: number, changed: Partial<Row>): void => {
    setRows(rows.map((row) => (row.key === key ? { ...row, ...changed } : row)));
    apply.reset();
  };
  const tasks = rows.map(({ kind, words, before }) => planTask(kind, words, before));
  const isReady = tasks.every((task) => task !== null) && Number(windowSeconds) > 0;
  const send = (): void => {
    const whole = { ...plan };
    delete whole.frames;
    apply.mutate({
      ...whole,
      ...(frames === '' ? {} : { frames: Number(frames) }),
      window_seconds: Number(windowSeconds),
      tasks: tasks.filter((task): task is StreamTaskBody => task !== null),
    });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <fieldset className="stack" style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className="small soft" style={{ padding: '0 0 8px' }}>
          Asked about every window
        </legend>
        {rows.map(({ key, kind, words }, place) => {
          const { words: asked, hint } = TASK_KINDS[kind];
          return (
            <div className="plan-task" key={key}>
              <label className="field">
                <span aria-hidden>Task</span>
                <select
                  className="input"
                  aria-label={`Task ${place + 1}`}
                  value={kind}
                  onChange={({ target }) => {
                    const next = Object.keys(TASK_KINDS).find((name) => name === target.value);
                    change(key, { kind: (next ?? 'caption') as TaskKindName, words: '' });
                  }}
                >
                  {Object.entries(TASK_KINDS).map(([name, { title }]) => (
                    <option key={name} value={name}>
                      {title}
                    </option>
                  ))}
                </select>
              </label>
              {asked !== null && (
                <label className="field words">
                  <span aria-hidden>{asked}</span>
                  <input
                    className="input"
                    aria-label={`Words of task ${place + 1}`}
                    aria-description={asked}
                    placeholder={hint}
                    value={words}
                    onChange={({ target }) => {
                      change(key, { words: target.value });
                    }}
                  />
                </label>
              )}
              <button
                type="button"
                className="button quiet icon"
                aria-label={`Remove task ${place + 1}`}
                onClick={() => {
                  setRows(rows.filter((row) => row.key !== key));
                  apply.reset();
                }}
              >
                <Trash2 size={16} aria-hidden />
              </button>
            </div>
          );
        })}
        <div>
          <button
            type="button"
            className="button quiet"
            onClick={() => {
              setRows([...rows, { key: nextKey(rows), kind: 'ask', words: '', before: null }]);
            }}
          >
            <Plus size={16} aria-hidden />
            Add a task
          </button>
        </div>
      </fieldset>
      <div className="plan-numbers">
        <label className="field">
          <span>Window, seconds</span>
          <input
            className="input"
            inputMode="decimal"
            value={windowSeconds}
            onChange={({ target }) => {
              setWindowSeconds(target.value);
              apply.reset();
            }}
          />
        </label>
        <label className="field">
          <span>Frames of each</span>
          <input
            className="input"
            inputMode="numeric"
            placeholder="automatic"
            value={frames}
            onChange={({ target }) => {
              setFrames(target.value);
              apply.reset();
            }}
          />
        </label>
      </div>
      {apply.error !== null && <Notice tone="bad">{errorText(apply.error)}</Notice>}
      {apply.isSuccess && <Notice>Applied: it holds from the next window on.</Notice>}
      <div>
        <button type="submit" className="button primary" disabled={!isReady || apply.isPending}>
          Apply
        </button>
      </div>
    </form>
  );
}

function rowsOf(tasks: StreamPlanBody['tasks']): Row[] {
  return tasks.map((task, key) => ({ key, kind: task.task, words: taskWords(task), before: task }));
}

function nextKey(rows: readonly Row[]): number {
  return Math.max(-1, ...rows.map(({ key }) => key)) + 1;
}
