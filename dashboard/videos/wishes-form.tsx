import type { UploadWishes } from './upload-plan.js';

interface WishesFormProps {
  readonly wishes: UploadWishes;
  readonly onChange: (wishes: UploadWishes) => void;
}

const LANGUAGES = [
  ['en', 'English'],
  ['es', 'Spanish'],
  ['de', 'German'],
  ['fr', 'French'],
] as const;
const WINDOWS = [1, 2, 5, 10, 30, 60];

/** What is done with the next uploads. */
export function WishesForm({ wishes, onChange }: WishesFormProps) {
  return (
    <div className="drop-options">
      <label className="field">
        <span>A caption every</span>
        <select
          className="input"
          value={wishes.windowSeconds}
          onChange={({ target }) => {
            onChange({ ...wishes, windowSeconds: Number(target.value) });
          }}
        >
          {WINDOWS.map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds} s
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>Language</span>
        <select
          className="input"
          value={wishes.lang}
          onChange={({ target }) => {
            onChange({ ...wishes, lang: target.value });
          }}
        >
          {LANGUAGES.map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>Find things, parted by commas</span>
        <input
          className="input"
          placeholder="car, dog"
          value={wishes.things}
          onChange={({ target }) => {
            onChange({ ...wishes, things: target.value });
          }}
        />
      </label>
      <label className="row small">
        <input
          type="checkbox"
          checked={wishes.withMasks}
          onChange={({ target }) => {
            onChange({ ...wishes, withMasks: target.checked });
          }}
        />
        With outlines, not only boxes
      </label>
    </div>
  );
}
