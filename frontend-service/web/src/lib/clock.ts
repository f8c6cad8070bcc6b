import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let now = Date.now();
let ticking: ReturnType<typeof setInterval> | undefined;

function listen(listener: () => void) {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((each) => each());
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** While nobody is told of each second, it is looked up, but stays the same within one. */
function current() {
  if (!ticking && Date.now() - now >= 1000) now = Date.now();
  return now;
}

/** Now in milliseconds, once a second for everybody who shows time that passes. */
export function useNow(): number {
  return useSyncExternalStore(listen, current);
}
