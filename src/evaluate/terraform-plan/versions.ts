/** Whether JSON of this format can be read: before 1.0 it was not promised to stay, and has all that is read here. */
export function isKnownFormat(version: unknown): boolean {
  return typeof version === 'string' && /^[01]\.[0-9]+$/.test(version);
}
