import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useKeyAsked } from '../api/access-state.js';
import { apiKey, rememberApiKey } from '../api/api-key.js';
import { keyIn } from '../api/key-in.js';
import { Notice } from '../parts/notice.js';

/** Lets the page through, until the server asks for an API key; a key is kept as long as this tab is open. */
export function KeyGate({ children }: { readonly children: ReactNode }) {
  const isAsked = useKeyAsked();
  return isAsked ? <KeyForm /> : children;
}

function KeyForm() {
  const [text, setText] = useState('');
  const [isNone, setNone] = useState(false);
  return (
    <main className="key-gate">
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          const key = keyIn(text);
          setNone(key === null);
          if (key === null) return;
          rememberApiKey(key);
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
        {isNone && (
          <Notice tone="bad">
            This is no API key: keys have only letters, digits, <code>-</code> and <code>_</code>.
          </Notice>
        )}
        {!isNone && apiKey() !== null && (
          <Notice tone="bad">The key that was given is unknown, revoked or expired.</Notice>
        )}
        <label className="field">
          <span>API key</span>
          <input
            className="input"
            type="password"
            autoComplete="off"
            required
            value={text}
            onChange={({ target }) => {
              setText(target.value);
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
