import type { StatusBody } from '../../src/delivery/operations/status-shape.js';

const NAMES: Readonly<Record<StatusBody['latency']['stages'][number]['stage'], string>> = {
  read: 'Reading frames',
  capture: 'Capture to window',
  queue: 'Waiting for the model',
  encode: 'Looking',
  prefill: 'Reading the prompt',
  decode: 'Writing',
  publish: 'Publishing',
  capture_to_publish: 'All, from capture',
};

/** Where the time goes: each stage of a result with its median and its slow end. */
export function StageTable({ latency }: { readonly latency: StatusBody['latency'] }) {
  // Reading also waits while the model has enough to do: it would leave nothing to see of the others.
  const compared = latency.stages.filter(({ stage }) => stage !== 'read');
  const longest = Math.max(0.001, ...compared.map(({ p95_seconds }) => p95_seconds ?? 0));
  const width = (seconds: number | null): string => `${Math.min(1, (seconds ?? 0) / longest) * 100}%`;
  return (
    <table className="stages">
      <caption className="hidden">Latency by stage</caption>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col" className="wide">
            <span className="hidden">Compared</span>
          </th>
          <th scope="col" className="number">
            median
          </th>
          <th scope="col" className="number">
            95 %
          </th>
          <th scope="col" className="number wide">
            results
          </th>
        </tr>
      </thead>
      <tbody>
        {latency.stages.map(({ stage, count, p50_seconds, p95_seconds }) => (
          <tr key={stage}>
            <th scope="row">{NAMES[stage]}</th>
            <td className="wide" style={{ width: '34%' }}>
              <div className="stage-bar" aria-hidden>
                <span className="late" style={{ width: width(p95_seconds) }} />
                <span style={{ width: width(p50_seconds) }} />
              </div>
            </td>
            <td className="number">{time(p50_seconds)}</td>
            <td className="number">{time(p95_seconds)}</td>
            <td className="number wide">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function time(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
