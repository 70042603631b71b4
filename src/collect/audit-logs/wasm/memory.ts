/** Bytes that may be read behind what is kept, so that sixteen can be looked at at a time. */
export const PADDING = 32;

/** A larger block with what is in one. */
export function enlarged(address: usize, bytes: usize): usize {
  return heap.realloc(address, bytes + PADDING);
}

/** A block of zeros. */
export function zeros(bytes: usize): usize {
  const address = heap.alloc(bytes + PADDING);
  memory.fill(address, 0, bytes + PADDING);
  return address;
}

/** A block that grows, and does not keep what is in it. */
@unmanaged
class Room {
  address: usize = 0;
  bytes: i32 = 0;

  of(bytes: i32): usize {
    if (bytes > this.bytes) {
      if (this.address !== 0) heap.free(this.address);
      this.bytes = max(bytes, 4096);
      this.address = heap.alloc(this.bytes + PADDING);
    }
    return this.address;
  }
}

const forText = new Room();
const forEvent = new Room();

/** Where JavaScript writes a text of so many bytes. */
export function roomForText(bytes: i32): usize {
  return forText.of(bytes);
}

/** Where JavaScript writes an event of so many bytes that stood in a string. */
export function roomForEvent(bytes: i32): usize {
  return forEvent.of(bytes);
}

/** Numbers of 32 bits in a row. */
@unmanaged
export class List {
  address: usize = zeros(1 << 10);
  length: i32 = 0;
  capacity: i32 = 1 << 8;

  add(value: i32): void {
    if (this.length === this.capacity) {
      this.capacity <<= 1;
      this.address = enlarged(this.address, this.capacity << 2);
    }
    store<i32>(this.address + (this.length << 2), value);
    this.length++;
  }
}
