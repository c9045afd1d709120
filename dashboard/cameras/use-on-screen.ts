import { type RefObject, useEffect, useState } from 'react';

/** Whether somebody can see an element: it is within the window, and the tab is shown. */
export function useOnScreen(element: RefObject<Element | null>): boolean {
  const [isWithin, setWithin] = useState(false);
  const [isShown, setShown] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const watched = new IntersectionObserver((entries) => {
      setWithin(entries.at(-1)?.isIntersecting === true);
    });
    if (element.current !== null) watched.observe(element.current);
    const turned = (): void => {
      setShown(document.visibilityState === 'visible');
    };
    document.addEventListener('visibilitychange', turned);
    return () => {
      watched.disconnect();
      document.removeEventListener('visibilitychange', turned);
    };
  }, [element]);
  return isWithin && isShown;
}
