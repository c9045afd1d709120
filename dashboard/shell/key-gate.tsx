import type { ReactNode } from 'react';

/** Lets the page through. */
export function KeyGate({ children }: { readonly children: ReactNode }) {
  return children;
}
