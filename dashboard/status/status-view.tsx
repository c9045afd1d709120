import './status.css';
import type { ReactNode } from 'react';
import type { StatusBody } from '../../src/delivery/operations/status-shape.js';
import { errorText } from '../api/api-error.js';
import { ageText } from '../parts/age-text.js';
import { byteSize } from '../parts/byte-size.js';
import { Loading } from '../parts/loading.js';
import { Notice } from '../parts/notice.js';
import { LineChart } from './line-chart.js';
import { StageTable } from './stage-table.js';
import { rates, type StatusSample } from './status-history.js';
import { useStatus } from './use-status.js';

/** How the server is: model, queue, latencies, caches, memory, and what was left out and why. */
export default function StatusView() {
  const { status, error, samples } = useStatus();
  return (
    <div className="view">
      <div className="view-head">
        <div>
          <h1>Health</h1>
          <p className="soft numbers">
            {status === undefined
              ? 'Asking the server'
              : `Version ${status.version}, up for ${ageText(status.uptime_seconds)}`}
          </p>
        </div>
      </div>
      {error !== null && <Notice tone="bad">{errorText(error)}</Notice>}
      {status === undefined ? error === null && <Loading /> : <Whole status={status} samples={samples} />}
    </div>
  );
}

function Whole({
  status,
  samples,
}: {
  readonly status: StatusBody;
  readonly samples: readonly StatusSample[];
}) {
  const { model, image_tokens: cache, memory, latency, drops, store } = status;
  const waiting = status.queue.waiting.question + status.queue.waiting.routine;
  const shown = drops.filter(({ count }) => count > 0);
  return (
    <>
      {model.error !== null && <Notice tone="bad">{model.error.message}</Notice>}
      <div className="figures">
        <Figure name="Model" value={model.name ?? model.state} note={modelNote(model)} />
        <Figure name="Queue" value={waiting} note={`${status.queue.running} running`} />
        <Figure
          name="Frames saved by the cache"
          value={cache.saved_ratio === null ? '–' : `${Math.round(cache.saved_ratio * 100)} %`}
          note={`${cache.hits} found again, ${byteSize(cache.bytes)} of ${byteSize(cache.max_bytes)}`}
        />
        <Figure
          name="Memory"
          value={byteSize(memory.server_bytes + (memory.model_bytes ?? 0) + memory.ffmpeg_bytes)}
          note={`${status.ffmpeg.processes} ffmpeg: ${byteSize(memory.ffmpeg_bytes)}`}
        />
        <Figure
          name="Kept"
          value={byteSize(store.bytes + store.video_bytes)}
          note={store.disk_free_bytes === null ? 'on disk' : `${byteSize(store.disk_free_bytes)} free`}
        />
        <Figure
          name="Cameras live"
          value={status.streams.live}
          note={`followed by ${status.clients.websocket + status.clients.sse}`}
        />
      </div>
      <Charts samples={samples} />
      <div className="tables">
        <section className="card" aria-labelledby="stages-title">
          <div className="card-head">
            <h2 id="stages-title">Where the time goes</h2>
            <span className="small faint">last {Math.round(latency.window_seconds / 60)} minutes</span>
          </div>
          <div className="table-card">
            <StageTable latency={latency} />
          </div>
        </section>
        <section className="card" aria-labelledby="drops-title">
          <div className="card-head">
            <h2 id="drops-title">What was left out, and why</h2>
          </div>
          {shown.length === 0 ? (
            <p className="empty small">Nothing since the server was started.</p>
          ) : (
            <div className="table-card">
              <table className="stages">
                <caption className="hidden">Drops by reason</caption>
                <tbody>
                  {shown.map(({ reason, unit, count, why }) => (
                    <tr key={reason}>
                      <th scope="row" className="number" style={{ verticalAlign: 'top' }}>
                        {count} {unit}
                      </th>
                      <td>{why}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </section>
      </div>
    </>
  );
}

function Charts({ samples }: { readonly samples: readonly StatusSample[] }) {
  const times = samples.map(({ atSeconds }) => atSeconds);
  return (
    <div className="charts">
      <LineChart
        title="Requests"
        unit=""
        times={times}
        lines={[
          { name: 'waiting', colour: '--warn', values: samples.map(({ waiting }) => waiting) },
          { name: 'running', colour: '--accent', values: samples.map(({ running }) => running) },
        ]}
      />
      <LineChart
        title="From capture to result"
        unit="s"
        times={times}
        lines={[
          { name: '95 %', colour: '--warn', values: samples.map(({ slowSeconds }) => slowSeconds) },
          { name: 'median', colour: '--accent', values: samples.map(({ medianSeconds }) => medianSeconds) },
        ]}
      />
      <LineChart
        title="Tokens written"
        unit="a second"
        times={times}
        lines={[{ name: 'now', colour: '--accent', values: rates(samples, ({ tokens }) => tokens) }]}
      />
      <LineChart
        title="Frames looked at"
        unit="a second"
        times={times}
        lines={[
          { name: 'all', colour: '--accent', values: rates(samples, ({ frames }) => frames) },
          {
            name: 'from the cache',
            colour: '--good',
            values: rates(samples, ({ savedFrames }) => savedFrames),
          },
        ]}
      />
      <LineChart
        title="Memory"
        unit="MB"
        times={times}
        lines={[
          { name: 'server', colour: '--good', values: samples.map(({ serverMegabytes }) => serverMegabytes) },
          { name: 'model', colour: '--accent', values: samples.map(({ modelMegabytes }) => modelMegabytes) },
        ]}
      />
      <LineChart
        title="Left out"
        unit="a second"
        times={times}
        lines={[{ name: 'now', colour: '--warn', values: rates(samples, ({ drops }) => drops) }]}
      />
    </div>
  );
}

function modelNote({ state, precision, parameters, restarts }: StatusBody['model']): string {
  const size = parameters === null ? '' : ` · ${(parameters / 1e6).toFixed(1)} million parameters`;
  const again = restarts === 0 ? '' : ` · ${restarts} restarts`;
  return `${state}${precision === null ? '' : ` · ${precision}`}${size}${again}`;
}

interface FigureProps {
  readonly name: string;
  readonly value: ReactNode;
  readonly note: string;
}

function Figure({ name, value, note }: FigureProps) {
  return (
    <div className="card figure">
      <span className="small soft">{name}</span>
      <span className="value numbers clip">{value}</span>
      <span className="small faint numbers">{note}</span>
    </div>
  );
}
