import type { Clock } from '../../src/collect/aws/pace.js';

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that jumps to whoever wakes next, once everybody waits. */
export class VirtualClock implements Clock {
  private time: number;
  /** The next is the last. */
  private readonly timers: Timer[] = [];
  private isTurning = false;

  constructor(startsAt: number) {
    this.time = startsAt;
  }

  now(): number {
    return this.time;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.insert({ at: this.time + ms, wake });
      if (this.isTurning) return;
      this.isTurning = true;
      setImmediate(() => this.turn());
    });
  }

  private insert(timer: Timer): void {
    let [low, high] = [0, this.timers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.timers[middle]?.at ?? 0) > timer.at) low = middle + 1;
      else high = middle;
    }
    this.timers.splice(low, 0, timer);
  }

  private turn(): void {
    const next = this.timers.pop();
    if (next === undefined) {
      this.isTurning = false;
      return;
    }
    this.time = Math.max(this.time, next.at);
    next.wake();
    // What it wakes has run before anybody else wakes.
    setImmediate(() => this.turn());
  }
}
