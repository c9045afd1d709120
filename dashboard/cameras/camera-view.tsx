import './cameras.css';
import { Dialog, DialogHeading, Tab, TabList, TabPanel, TabProvider } from '@ariakit/react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CirclePlay, CircleStop, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { StreamBody } from '../../src/delivery/streams/stream-shape.js';
import { ApiError, errorText } from '../api/api-error.js';
import { streamQuery } from '../api/queries.js';
import { request } from '../api/request.js';
import { useTopic } from '../live/use-topic.js';
import { Age } from '../parts/age.js';
import { Loading } from '../parts/loading.js';
import { NotFound } from '../parts/not-found.js';
import { Notice } from '../parts/notice.js';
import { cameraNews } from './camera-news.js';
import { CameraTalk } from './camera-talk.js';
import { HistoryList } from './history-list.js';
import { LivePicture } from './live-picture.js';
import { PlanForm } from './plan-form.js';
import { StateBadge } from './state-badge.js';

/** So many of its newest events are here at first. */
const RECENT_EVENTS = 200;

/** A camera: its picture and what is said of it, its history, its plan, questions about it. */
export default function CameraView({ id }: { readonly id: string }) {
  const { data, error } = useQuery(streamQuery(id));
  if (error instanceof ApiError && error.status === 404) return <NotFound what="There is no such camera." />;
  if (data === undefined)
    return error === null ? <Loading /> : <Notice tone="bad">{errorText(error)}</Notice>;
  return <OneCamera stream={data} />;
}

function OneCamera({ stream }: { readonly stream: StreamBody }) {
  const { name, url, counts } = stream;
  const { view, earlier, seek } = useTopic(stream.topic, RECENT_EVENTS);
  const news = cameraNews(view, stream);
  const [search] = useSearchParams();
  const seq = search.get('seq');
  const target = seq === null ? null : Number(seq);
  const [tab, setTab] = useState<string | null>('history');
  const oldest = view.events[0]?.seq ?? 0;
  useEffect(() => {
    if (target !== null && view.isWhole) seek(target);
  }, [seek, target, view.isWhole]);
  if (view.isDeleted) return <NotFound what="This camera has been removed." />;

  const { words, writing, things, state, reason, drops } = news;
  return (
    <div className="view">
      <div className="view-head">
        <div>
          <p className="small">
            <Link href="/cameras">Cameras</Link>
          </p>
          <h1 className="row">
            <span className="clip">{name}</span> <StateBadge state={state} />
          </h1>
          <p className="small soft clip">{url}</p>
        </div>
        <CameraActions stream={stream} />
      </div>
      {view.trouble !== null && <Notice tone="warn">{view.trouble}</Notice>}
      <div className="camera-grid">
        <section className="card" aria-label="Live picture">
          <div className="live" style={{ borderRadius: 'var(--radius) var(--radius) 0 0' }}>
            <LivePicture
              topic={stream.topic}
              name={name}
              things={things}
              isLive={state === 'live'}
              note={reason}
              fps={15}
            />
          </div>
          <p className={`camera-said${writing === null ? '' : ' writing'}`} aria-live="polite">
            {writing?.text ?? words?.text ?? <span className="faint">Nothing said yet</span>}
          </p>
          <dl className="counts numbers">
            <Count name="Newest caption" value={words === null ? 'none' : <Age sinceMs={words.atMs} />} />
            <Count name="Behind" value={words === null ? '' : `${(words.totalMs / 1000).toFixed(1)} s`} />
            <Count name="Windows looked at" value={counts?.looked ?? 0} />
            <Count name="Dropped" value={drops} />
            <Count name="Reconnects" value={counts?.reconnects ?? 0} />
          </dl>
        </section>
        <section className="card camera-side" aria-label="About the camera">
          <TabProvider
            selectedId={tab}
            setSelectedId={(next) => {
              setTab(next ?? null);
            }}
          >
            <TabList className="tabs" aria-label="About the camera">
              <Tab className="tab" id="history">
                History
              </Tab>
              <Tab className="tab" id="talk">
                Ask
              </Tab>
              <Tab className="tab" id="plan">
                Plan
              </Tab>
            </TabList>
            <TabPanel className="panel" tabId="history" focusable={false}>
              <HistoryList
                topic={stream.topic}
                events={view.events}
                past={view.past}
                target={target}
                hasEarlier={view.first !== null && oldest > view.first}
                onEarlier={() => {
                  earlier(RECENT_EVENTS);
                }}
              />
            </TabPanel>
            <TabPanel className="panel" tabId="talk" focusable={false}>
              <CameraTalk topic={stream.topic} view={view} />
            </TabPanel>
            <TabPanel className="panel" tabId="plan" focusable={false}>
              <PlanForm stream={stream} />
            </TabPanel>
          </TabProvider>
        </section>
      </div>
    </div>
  );
}

function Count({ name, value }: { readonly name: string; readonly value: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function CameraActions({ stream }: { readonly stream: StreamBody }) {
  const [isAsking, setAsking] = useState(false);
  const client = useQueryClient();
  const [, go] = useLocation();
  const { id, name, running } = stream;
  const verb = running ? 'stop' : 'resume';
  const turn = useMutation({
    mutationFn: () => request<StreamBody>(`/v1/streams/${id}/${verb}`, { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['streams'] }),
  });
  const remove = useMutation({
    mutationFn: () => request<null>(`/v1/streams/${id}`, { method: 'DELETE' }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['streams', 'list'] });
      go('/cameras');
    },
  });
  const error = turn.error ?? remove.error;
  return (
    <div className="stack" style={{ alignItems: 'flex-end' }}>
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={turn.isPending}
          onClick={() => {
            turn.mutate();
          }}
        >
          {running ? <CircleStop size={16} aria-hidden /> : <CirclePlay size={16} aria-hidden />}
          {running ? 'Stop watching' : 'Watch again'}
        </button>
        <button
          type="button"
          className="button icon danger"
          aria-label={`Remove ${name}`}
          title="Remove"
          onClick={() => {
            setAsking(true);
          }}
        >
          <Trash2 size={16} aria-hidden />
        </button>
      </div>
      {error !== null && <Notice tone="bad">{errorText(error)}</Notice>}
      <Dialog
        open={isAsking}
        onClose={() => {
          setAsking(false);
        }}
        className="dialog"
        backdrop={<div className="backdrop" />}
      >
        <DialogHeading>Remove this camera?</DialogHeading>
        <p className="soft">{name} goes with its history. This cannot be undone.</p>
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <button
            type="button"
            className="button"
            onClick={() => {
              setAsking(false);
            }}
          >
            Keep it
          </button>
          <button
            type="button"
            className="button danger"
            disabled={remove.isPending}
            onClick={() => {
              remove.mutate();
            }}
          >
            Remove
          </button>
        </div>
      </Dialog>
    </div>
  );
}
