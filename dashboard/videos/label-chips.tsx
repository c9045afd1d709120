import type { Palette } from '../../src/pipeline/draw/palette.js';

interface LabelChipsProps {
  readonly labels: readonly string[];
  readonly hidden: ReadonlySet<string>;
  readonly palette: Palette;
  readonly onToggle: (label: string) => void;
}

/** What was found, by name: each can be hidden and shown. */
export function LabelChips({ labels, hidden, palette, onToggle }: LabelChipsProps) {
  if (labels.length === 0) return null;
  return (
    <div className="chips" role="group" aria-label="What is drawn over the picture">
      {labels.map((label) => {
        const [red, green, blue] = palette.colourOf(label);
        return (
          <button
            key={label}
            type="button"
            className="chip"
            aria-pressed={!hidden.has(label)}
            onClick={() => {
              onToggle(label);
            }}
          >
            <span className="swatch" style={{ background: `rgb(${red} ${green} ${blue})` }} aria-hidden />
            {label === '' ? 'unnamed' : label}
          </button>
        );
      })}
    </div>
  );
}
