import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useKeyAsked } from '../api/access-state.js';
import { apiKey, rememberApiKey } from '../api/api-key.js';
import { Notice } from '../parts/notice.js';

/** Lets the page through, until the server asks for an API key; a key is kept as long as this tab is open. */
export function KeyGate({ children }: { readonly children: ReactNode }) {
  const isAsked = useKeyAsked();
  return isAsked ? <KeyForm /> : children;
}

function KeyForm() {
  const [key, setKey] = useState('');
  return (
    <main className="key-gate">
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          rememberApiKey(key.trim());
          window.location.reload();
        }}
      >
        <KeyRound size={26} aria-hidden />
        <h1>This server asks for a key</h1>
        <p className="soft">
          Whoever runs it makes one with <code>palistream keys create NAME --scope read,ask,manage</code>;
          without <code>manage</code> it shows and answers, but takes nothing in. It is kept until this tab is
          closed.
        </p>
        {apiKey() !== null && (
          <Notice tone="bad">The key that was given is unknown, revoked or expired.</Notice>
        )}
        <label className="field">
          <span>API key</span>
          <input
            className="input"
            type="password"
            autoComplete="off"
            required
            value={key}
            onChange={({ target }) => {
              setKey(target.value);
            }}
          />
        </label>
        <button type="submit" className="button primary">
          Go on
        </button>
      </form>
    </main>
  );
}
