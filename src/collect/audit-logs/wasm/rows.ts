import { isSame } from './bytes.js';
import { enlarged, zeros } from './memory.js';

/** Rows of numbers, each kept once, as numbers from 0 on. */
@unmanaged
export class Rows {
  count: i32 = 0;
  capacity: i32 = 1 << 8;
  kept: usize;
  /** One more than the number of a row; 0: free. */
  table: usize = zeros(1 << 11);
  /** Where a row is written before it is looked up. */
  row: usize;

  constructor(public width: i32) {
    this.kept = zeros((width << 2) << 8);
    this.row = zeros(width << 2);
  }

  set(column: i32, value: i32): void {
    store<i32>(this.row + (column << 2), value);
  }

  at(row: i32, column: i32): i32 {
    return load<i32>(this.kept + ((row * this.width + column) << 2));
  }

  private hash(row: usize): i32 {
    let hash: u32 = 0x2545f491;
    const end = row + (this.width << 2);
    for (let at = row; at < end; at += 4) {
      hash = (hash ^ load<u32>(at)) * 0x9e3779b1;
      hash ^= hash >> 15;
    }
    return hash as i32;
  }

  private place(): usize {
    const mask = (this.capacity << 1) - 1;
    const bytes = this.width << 2;
    let at = this.hash(this.row) & mask;
    let found = load<i32>(this.table + (at << 2)) - 1;
    while (found !== -1 && !isSame(this.kept + found * bytes, this.row, bytes)) {
      at = (at + 1) & mask;
      found = load<i32>(this.table + (at << 2)) - 1;
    }
    return this.table + (at << 2);
  }

  private makeRoom(): void {
    if (this.count < this.capacity) return;
    this.capacity <<= 1;
    const bytes = this.width << 2;
    this.kept = enlarged(this.kept, this.capacity * bytes);
    heap.free(this.table);
    this.table = zeros(this.capacity << 3);
    const mask = (this.capacity << 1) - 1;
    for (let row = 0; row < this.count; row++) {
      let at = this.hash(this.kept + row * bytes) & mask;
      while (load<i32>(this.table + (at << 2)) !== 0) at = (at + 1) & mask;
      store<i32>(this.table + (at << 2), row + 1);
    }
  }

  /** The number of the row that was written. */
  intern(): i32 {
    const found = this.find();
    if (found !== -1) return found;
    this.makeRoom();
    store<i32>(this.place(), this.count + 1);
    const bytes = this.width << 2;
    memory.copy(this.kept + this.count * bytes, this.row, bytes);
    return this.count++;
  }

  /** The number of the row that was written, or -1. */
  find(): i32 {
    return load<i32>(this.place()) - 1;
  }
}
