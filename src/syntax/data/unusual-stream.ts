import { EVENT_ID } from 'js-yaml';
import type { EventRun } from '../yaml/read-events.js';

interface Unusual {
  readonly message: string;
  /** In the stream. */
  readonly at: number;
}

/**
 * What YAML allows in a stream and kubectl does not: it cuts the text at the lines `---` before it parses, refuses such a
 * line with more on it, and directives, and reads of each part the first document only.
 */
export function unusualPlaces(run: EventRun): readonly Unusual[] {
  const { text, base } = run;
  const places: Unusual[] = [];
  const marker = /^\ufeff?---[ \t]+[^\s#]/.exec(text);
  if (marker !== null) {
    places.push({ message: 'kubectl refuses a line "---" with more on it.', at: base + marker[0].length - 1 });
  }
  const [first] = run.events;
  if (first?.type === EVENT_ID.DOCUMENT && first.directives.length > 0) {
    places.push({ message: 'kubectl refuses a document with directives.', at: base + Math.max(0, text.search(/^%/m)) });
  }
  const end = text.includes('...') ? text.search(/^\.\.\.(?=\s|$)/m) : -1;
  if (end !== -1 && run.events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length > 1) {
    places.push({ message: 'kubectl drops what follows a line "..." up to the next "---".', at: base + end });
  }
  return places;
}
