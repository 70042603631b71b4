/** A reference to an image as the runtime reads it: `registry:5000/name:tag@sha256:…`. */
const REFERENCE =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::([\w][\w.-]{0,127}))?(?:@[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:([0-9a-fA-F]{32,}))?$/;

// SAFETY: the longest reference that a registry takes; the pattern is not tried on more.
const maxReferenceLength = 512;

/** Whether the server takes the image to be pulled each time: its tag is `latest`, or it has neither tag nor digest. */
export function isLatest(image: string): boolean {
  const match = image.length > maxReferenceLength ? null : REFERENCE.exec(image);
  if (match === null) return false;
  const [, tag, digest] = match;
  return tag === undefined ? digest === undefined : tag === 'latest';
}
