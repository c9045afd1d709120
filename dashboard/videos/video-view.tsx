import { Tab, TabList, TabPanel, TabProvider } from '@ariakit/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { Palette } from '../../src/pipeline/draw/palette.js';
import { shortTime } from '../../src/delivery/subtitles/timecode.js';
import type { VideoWithJobsBody } from '../../src/delivery/videos/video-shape.js';
import { ApiError, errorText } from '../api/api-error.js';
import { samplesQuery, videoQuery } from '../api/queries.js';
import { useTopic } from '../live/use-topic.js';
import { Bar } from '../parts/bar.js';
import { byteSize } from '../parts/byte-size.js';
import { Loading } from '../parts/loading.js';
import { NotFound } from '../parts/not-found.js';
import { Notice } from '../parts/notice.js';
import type { AskSpan } from './ask-range.js';
import { FindForm } from './find-form.js';
import { JobBadge } from './job-badge.js';
import { JobList } from './job-list.js';
import { LabelChips } from './label-chips.js';
import { Player } from './player.js';
import { Playhead } from './playhead.js';
import { SaysList } from './says-list.js';
import { Talk } from './talk.js';
import { Timeline } from './timeline.js';
import { VideoActions } from './video-actions.js';
import { videoResults } from './video-results.js';

/** A video: the film, what is said and found in it, questions about it. */
export default function VideoView({ id }: { readonly id: string }) {
  const { data, error } = useQuery(videoQuery(id));
  if (error instanceof ApiError && error.status === 404) return <NotFound what="There is no such video." />;
  if (data === undefined)
    return error === null ? <Loading /> : <Notice tone="bad">{errorText(error)}</Notice>;
  return <OneVideo video={data} />;
}

function OneVideo({ video }: { readonly video: VideoWithJobsBody }) {
  const { id, topic, jobs, duration_seconds: duration } = video;
  const { view } = useTopic(topic);
  const client = useQueryClient();
  const [search] = useSearchParams();
  const startSeconds = Number(search.get('at') ?? 0);
  const [playhead] = useState(() => new Playhead());
  const [palette] = useState(() => new Palette());
  const [span, setSpan] = useState<AskSpan>('whole');
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [tab, setTab] = useState<string | null>('says');
  const results = useMemo(() => videoResults(view, jobs), [view, jobs]);
  const { data: samples } = useQuery(samplesQuery);

  // How jobs stand is told in the topic; what they are is asked for.
  const states = view.events.reduce((count, { event }) => (event.kind === 'state' ? count + 1 : count), 0);
  useEffect(() => {
    if (states > 0) void client.invalidateQueries({ queryKey: ['videos', id], exact: true });
  }, [client, id, states]);
  useEffect(() => {
    if (Number.isFinite(startSeconds) && startSeconds > 0) playhead.seek(startSeconds);
  }, [playhead, startSeconds]);
  if (view.isDeleted) return <NotFound what="This video has been deleted." />;

  const { summary, captions, texts, labels } = results;
  const open = jobs.findLast(
    ({ state, lane }) => lane === 'routine' && (state === 'running' || state === 'queued'),
  );
  const failed = jobs.at(-1)?.state === 'failed' ? jobs.at(-1) : undefined;
  const suggestions = samples?.samples.find(({ name }) => video.name.startsWith(`${name}.`))?.questions ?? [];
  const says = captions.length > 0 ? captions : summary === null ? [] : [summary];
  return (
    <div className="view">
      <div className="view-head">
        <div>
          <p className="small">
            <Link href="/videos">Videos</Link>
          </p>
          <h1 className="clip">{video.name}</h1>
          <p className="small soft numbers">
            {shortTime(Math.round(duration * 10) / 10)} · {video.width} × {video.height} · {video.codec} ·{' '}
            {byteSize(video.bytes)}
          </p>
        </div>
        <VideoActions video={video} />
      </div>
      {view.trouble !== null && <Notice tone="warn">{view.trouble}</Notice>}
      <div className="player-grid">
        <section className="card" aria-label="The video">
          <Player
            video={video}
            playhead={playhead}
            lines={says}
            drawings={results.drawings}
            palette={palette}
            hidden={hidden}
          />
          <div className="under">
            <Timeline durationSeconds={duration} results={results} playhead={playhead} span={span} />
            <LabelChips
              labels={labels}
              hidden={hidden}
              palette={palette}
              onToggle={(label) => {
                const next = new Set(hidden);
                if (!next.delete(label)) next.add(label);
                setHidden(next);
              }}
            />
            {open !== undefined && (
              <div className="row small soft">
                <JobBadge state={open.state} />
                <div className="grow">
                  <Bar label="Work on this video" share={view.progress.get(open.id) ?? open.progress ?? 0} />
                </div>
              </div>
            )}
            {failed?.error != null && <Notice tone="bad">{failed.error.message}</Notice>}
          </div>
        </section>
        <section className="card player-side" aria-label="About the video">
          {summary !== null && (
            <div className="summary">
              <h2 className="hidden">In one sentence</h2>
              <p className={summary.isPartial ? 'writing' : ''}>{summary.text}</p>
            </div>
          )}
          <TabProvider
            selectedId={tab}
            setSelectedId={(next) => {
              setTab(next ?? null);
            }}
          >
            <TabList className="tabs" aria-label="About the video">
              <Tab className="tab" id="says">
                Captions
              </Tab>
              <Tab className="tab" id="ask">
                Ask
              </Tab>
              <Tab className="tab" id="find">
                Find
              </Tab>
              <Tab className="tab" id="work">
                Work
              </Tab>
            </TabList>
            <TabPanel className="panel" tabId="says" focusable={false}>
              {captions.length > 0 ? (
                <SaysList lines={captions} playhead={playhead} />
              ) : (
                <p className="empty small">
                  {open === undefined ? 'Nothing has been said yet.' : 'Captions are on their way…'}
                </p>
              )}
              {texts.length > 0 && <SaysList lines={texts} playhead={playhead} />}
            </TabPanel>
            <TabPanel className="panel" tabId="ask" focusable={false}>
              <Talk
                topic={topic}
                durationSeconds={duration}
                view={view}
                results={results}
                playhead={playhead}
                span={span}
                onSpan={setSpan}
                suggestions={suggestions}
              />
            </TabPanel>
            <TabPanel className="panel" tabId="find" focusable={false}>
              <FindForm
                video={id}
                onStarted={() => void client.invalidateQueries({ queryKey: ['videos', id] })}
              />
            </TabPanel>
            <TabPanel className="panel" tabId="work" focusable={false}>
              <JobList jobs={jobs} progress={view.progress} />
            </TabPanel>
          </TabProvider>
        </section>
      </div>
    </div>
  );
}
