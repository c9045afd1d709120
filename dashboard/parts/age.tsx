import { useEffect, useState } from 'react';
import { ageText } from './age-text.js';

interface AgeProps {
  /** Milliseconds since 1970. */
  readonly sinceMs: number;
  readonly suffix?: string;
}

/** How long ago something was, as time goes on. */
export function Age({ sinceMs, suffix = ' ago' }: AgeProps) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => {
      setNow(Date.now());
    }, 1000);
    return () => {
      window.clearInterval(timer);
    };
  }, []);
  const text = ageText((Math.max(now, sinceMs) - sinceMs) / 1000);
  return (
    <time
      className="numbers"
      dateTime={new Date(sinceMs).toISOString()}
      title={new Date(sinceMs).toLocaleString()}
    >
      {text === 'now' ? text : `${text}${suffix}`}
    </time>
  );
}
