import { Check, Copy } from 'lucide-react';
import { useState } from 'react';

/** A line for a terminal, with a button that copies it where the browser lets pages copy. */
export function Command({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const Icon = isCopied ? Check : Copy;
  return (
    <div className="command">
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      {window.isSecureContext && (
        <button
          type="button"
          className="button icon"
          aria-label={isCopied ? 'Copied' : `Copy ${text}`}
          title={isCopied ? 'Copied' : 'Copy'}
          onClick={() => {
            void navigator.clipboard.writeText(text).then(
              () => {
                setCopied(true);
              },
              () => undefined, // the browser was told not to let pages copy
            );
          }}
        >
          <Icon size={16} aria-hidden />
        </button>
      )}
    </div>
  );
}
