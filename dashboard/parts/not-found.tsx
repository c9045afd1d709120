import { Compass } from 'lucide-react';
import { Link } from 'wouter';

/** Stands where there is nothing to show. */
export function NotFound({ what = 'There is no such page.' }: { readonly what?: string }) {
  return (
    <div className="empty">
      <Compass size={32} aria-hidden />
      <h1>{what}</h1>
      <p>
        <Link href="/">All videos</Link>
      </p>
    </div>
  );
}
