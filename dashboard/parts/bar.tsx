interface BarProps {
  readonly label: string;
  /** From 0 to 1; null while nobody can know. */
  readonly share: number | null;
}

/** How far something is. */
export function Bar({ label, share }: BarProps) {
  const value = share === null ? {} : { 'aria-valuenow': Math.round(share * 100) };
  return (
    <div
      className={`bar${share === null ? ' unknown' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...value}
    >
      <div style={share === null ? {} : { width: `${share * 100}%` }} />
    </div>
  );
}
