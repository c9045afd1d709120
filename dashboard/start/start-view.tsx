import './start.css';
import { useQuery } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { Link } from 'wouter';
import { modelsQuery } from '../api/queries.js';
import { SampleGrid } from '../videos/sample-grid.js';
import { Command } from './command.js';

const CAN = [
  'Captions of toy scenes, in English, Spanish, German and French',
  'Who is there, what each does, which way, where, how many, which colour',
  'Boxes and outlines of things, about where they are',
  'Comparing two pictures; what comes first and last in a clip',
];
const CANNOT = [
  'Photographs and real video: it has never seen any, and says so when it notices',
  'Exact edges; it finds about where things are, and reads one sign of ten wrong',
  'More than six things at once, or words from outside of its world',
];

/** The first steps: a sample, what the model knows, how to get one that knows more. */
export default function StartView() {
  const { data } = useQuery(modelsQuery);
  const model = data?.data[0];
  return (
    <div className="view">
      <div className="view-head">
        <div>
          <h1>Start here</h1>
          <p className="soft">
            Video goes in, what the model says about it comes out, on this machine alone.
          </p>
        </div>
      </div>
      <section className="stack" aria-labelledby="try">
        <h2 id="try">Try a sample</h2>
        <p className="soft small">One click, and it is captioned while you look.</p>
        <SampleGrid />
      </section>
      <section className="stack" aria-labelledby="knows">
        <h2 id="knows">What the bundled model knows</h2>
        <p className="soft">
          <strong>nano</strong> is a PaliGemma of 8.4 million parameters that was trained on a small world of
          drawn toys. It is here so that everything works at once.
          {model !== undefined && model.id !== 'nano' && ` This server runs ${model.id} instead.`}
        </p>
        <div className="start-grid">
          <div className="card can">
            <h3>What it can do</h3>
            <ul>
              {CAN.map((text) => (
                <li key={text}>
                  <Check size={17} aria-hidden />
                  <span>{text}</span>
                </li>
              ))}
            </ul>
          </div>
          <div className="card cannot">
            <h3>What it cannot do</h3>
            <ul>
              {CANNOT.map((text) => (
                <li key={text}>
                  <X size={17} aria-hidden />
                  <span>{text}</span>
                </li>
              ))}
            </ul>
          </div>
        </div>
      </section>
      <section className="stack" aria-labelledby="real">
        <h2 id="real">For real videos, get a real checkpoint</h2>
        <div className="card card-body">
          <ol className="steps">
            <li>
              <div className="stack" style={{ gap: 8 }}>
                <p>
                  Accept Google’s licence for <code>google/paligemma-3b-mix-224</code> at Hugging Face, make a
                  token there, and fetch the model:
                </p>
                <Command text="HF_TOKEN=… npx palistream pull google/paligemma-3b-mix-224" />
              </div>
            </li>
            <li>
              <div className="stack" style={{ gap: 8 }}>
                <p>Start the server with it. 8 or 4 bits take less memory:</p>
                <Command text="npx palistream serve --model google/paligemma-3b-mix-224 --precision int8" />
              </div>
            </li>
            <li>
              <p>
                Any folder in the Hugging Face layout will do as well, Google’s original <code>.npz</code>{' '}
                files, and LoRA adapters: see <code>docs/checkpoints.md</code>.
              </p>
            </li>
          </ol>
        </div>
      </section>
      <section className="stack" aria-labelledby="next">
        <h2 id="next">And then</h2>
        <p className="soft">
          <Link href="/videos">Drop a video of your own</Link>, <Link href="/cameras">watch a camera</Link>,
          or <Link href="/search">search what was said</Link>. Programs find the same at{' '}
          <code>/openapi.json</code>.
        </p>
      </section>
    </div>
  );
}
