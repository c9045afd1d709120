import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';

interface NoticeProps {
  readonly tone?: 'info' | 'warn' | 'bad';
  readonly children: ReactNode;
}

/** A sentence that should not be missed; what went wrong is read out at once. */
export function Notice({ tone = 'info', children }: NoticeProps) {
  const Icon = tone === 'info' ? Info : CircleAlert;
  return (
    <div className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={17} aria-hidden />
      <div className="grow">{children}</div>
    </div>
  );
}
