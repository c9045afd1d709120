import './shell.css';
import { useQuery } from '@tanstack/react-query';
import { Activity, Cctv, Clapperboard, Search, Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { modelsQuery } from '../api/queries.js';
import { useLinkState } from '../live/use-link-state.js';
import { Notice } from '../parts/notice.js';
import icon from './icon.svg';
import { ThemeChoice } from './theme-choice.js';

const VIEWS = [
  { href: '/videos', name: 'Videos', Icon: Clapperboard },
  { href: '/cameras', name: 'Cameras', Icon: Cctv },
  { href: '/search', name: 'Search', Icon: Search },
  { href: '/status', name: 'Health', Icon: Activity },
  { href: '/start', name: 'Start', Icon: Sparkles },
] as const;

const LINK_WORDS = { open: 'Connected', connecting: 'Connecting', lost: 'Reconnecting' };

/** What stands around every view: the way to the others, the model, the connection. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [path] = useLocation();
  const state = useLinkState();
  return (
    <div className="shell">
      <a className="skip button" href="#main">
        Skip to the content
      </a>
      <header className="side">
        <Link className="brand" href="/" aria-label="palistream, all videos">
          <img src={icon} alt="" />
          palistream
        </Link>
        <nav className="nav" aria-label="Views">
          {VIEWS.map(({ href, name, Icon }) => {
            const isHere = path.startsWith(href) || (href === '/videos' && path === '/');
            return (
              <Link key={href} href={href} aria-current={isHere ? 'page' : undefined}>
                <Icon size={18} aria-hidden />
                {name}
              </Link>
            );
          })}
        </nav>
        <div className="side-foot">
          <ModelName />
          <div className={`link-state ${state}`} role="status">
            <span className={state === 'open' ? 'dot' : 'dot beats'} aria-hidden />
            <span className="words">{LINK_WORDS[state]}</span>
          </div>
          <ThemeChoice />
        </div>
      </header>
      <main className="main" id="main" tabIndex={-1}>
        {children}
      </main>
      {state === 'lost' && (
        <div className="lost-bar">
          <Notice tone="warn">The connection to the server is lost. Trying again…</Notice>
        </div>
      )}
    </div>
  );
}

function ModelName() {
  const { data } = useQuery(modelsQuery);
  const model = data?.data[0];
  const isReady = model?.ready === true;
  const text = model === undefined ? 'loading the model' : model.id;
  return (
    <div className={`link-state model-name ${isReady ? 'open' : 'connecting'}`} title="The model in use">
      <span className={isReady ? 'dot' : 'dot beats'} aria-hidden />
      <span className="clip">
        Model <strong>{text}</strong>
      </span>
    </div>
  );
}
