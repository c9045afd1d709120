import { LoaderCircle } from 'lucide-react';

/** Stands where something is on its way. */
export function Loading({ label = 'Loading' }: { readonly label?: string }) {
  return (
    <div className="empty" role="status">
      <LoaderCircle className="spin" size={22} aria-hidden />
      <span className="small">{label}…</span>
    </div>
  );
}
