import type { Clock } from '../../src/collect/aws/pace.js';

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that goes on to the next who sleeps when nobody has anything to do. */
export function virtualClock(startsAt = Date.UTC(2026, 10, 22, 9, 30)): Clock {
  let now = startsAt;
  const timers: Timer[] = [];
  let isPumping = false;
  const pump = () => {
    const first = timers.shift();
    if (first === undefined) {
      isPumping = false;
      return;
    }
    now = Math.max(now, first.at);
    first.wake();
    while (timers[0] !== undefined && timers[0].at <= now) timers.shift()?.wake();
    // What was woken goes as far as it can before the clock does.
    setImmediate(pump);
  };
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((wake) => {
        insert(timers, { at: now + ms, wake });
        if (isPumping) return;
        isPumping = true;
        setImmediate(pump);
      }),
  };
}

/** In the order in which they wake, and in which they fell asleep. */
function insert(timers: Timer[], timer: Timer): void {
  let [low, high] = [0, timers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timers[middle]?.at ?? 0) <= timer.at) low = middle + 1;
    else high = middle;
  }
  timers.splice(low, 0, timer);
}
