import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';

export interface ChartLine {
  readonly name: string;
  /** A custom property with its colour. */
  readonly colour: '--accent' | '--good' | '--warn';
  readonly values: readonly (number | null)[];
}

interface LineChartProps {
  readonly title: string;
  readonly unit: string;
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
}

const HEIGHT = 150;
const AXIS_FONT = '11px Inter Variable, sans-serif';
const LEAST_TOP = 1;

/** A small chart over time; its newest values stand beside it as text. */
export function LineChart({ title, unit, times, lines }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const count = lines.length;
  const colours = lines.map(({ colour }) => colour).join(' ');

  useEffect(() => {
    const box = place.current;
    if (box === null) return undefined;
    const made = new UPlot(
      optionsFor(box, colours.split(' ')),
      [[], ...Array.from({ length: count }, () => [])],
      box,
    );
    plot.current = made;
    const resized = new ResizeObserver(() => {
      made.setSize({ width: box.clientWidth, height: HEIGHT });
    });
    resized.observe(box);
    const themed = new MutationObserver(() => {
      made.redraw(false, true);
    });
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [count, colours]);
  useEffect(() => {
    plot.current?.setData([[...times], ...lines.map(({ values }) => [...values])]);
  }, [times, lines]);

  return (
    <section className="card chart" aria-label={title}>
      <div className="chart-head">
        <h2 className="chart-title">{title}</h2>
        <ul className="legend numbers">
          {lines.map(({ name, colour, values }) => (
            <li key={name}>
              <span className="swatch" style={{ background: `var(${colour})` }} aria-hidden />
              {name} {shown(values.at(-1) ?? null)} {unit}
            </li>
          ))}
        </ul>
      </div>
      <div className="plot" ref={place} aria-hidden />
    </section>
  );
}

function shown(value: number | null): string {
  if (value === null) return '–';
  return value >= 10 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}

function optionsFor(box: HTMLElement, colours: readonly string[]): UPlot.Options {
  const colour = (name: string) => () => getComputedStyle(box).getPropertyValue(name);
  const axis = { stroke: colour('--ink-faint'), font: AXIS_FONT, ticks: { show: false } };
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 6, 0, 0],
    scales: { y: { range: (_, _low, high) => [0, Math.max(LEAST_TOP, high * 1.15)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 76,
        size: 28,
        values: (_, seconds) => seconds.map((at) => new Date(at * 1000).toLocaleTimeString()),
      },
      { ...axis, grid: { stroke: colour('--line'), width: 1 }, size: 44, space: 34 },
    ],
    series: [{}, ...colours.map((name) => ({ stroke: colour(name), width: 2, points: { show: false } }))],
  };
}
