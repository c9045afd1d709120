import { Send } from 'lucide-react';
import { type ReactNode, useState } from 'react';

interface AskFormProps {
  readonly placeholder: string;
  readonly suggestions: readonly string[];
  readonly onAsk: (question: string) => void;
  /** What the question is about. */
  readonly children: ReactNode;
}

/** Where a question is typed. */
export function AskForm({ placeholder, suggestions, onAsk, children }: AskFormProps) {
  const [text, setText] = useState('');
  const question = text.trim();
  return (
    <form
      className="ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (question === '') return;
        onAsk(question);
        setText('');
      }}
    >
      {suggestions.length > 0 && (
        <div className="chips" role="group" aria-label="Questions to begin with">
          {suggestions.map((suggestion) => (
            <button
              key={suggestion}
              type="button"
              className="chip"
              onClick={() => {
                onAsk(suggestion);
              }}
            >
              {suggestion}
            </button>
          ))}
        </div>
      )}
      <div className="ask-line">
        <input
          className="input grow"
          aria-label="Your question"
          placeholder={placeholder}
          maxLength={1000}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
          }}
        />
        <button type="submit" className="button primary" disabled={question === ''}>
          <Send size={16} aria-hidden />
          Ask
        </button>
      </div>
      <label className="row small soft">{children}</label>
    </form>
  );
}
