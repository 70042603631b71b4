/** Shorter ones would hide half of the report. */
const MIN_LENGTH = 6;
/** What stands at the end of a text that was cut. */
const CUT = '…';

/** A part of a text: offsets, half-open. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Texts that begin alike. */
interface Group {
  readonly forms: Set<string>;
  /** How long they are, the longest first, so that no part of one is left beside another's mask. */
  readonly lengths: number[];
}

/** Texts that are secret, as they may occur in others: looked up by how they begin, so that a thousand cost what one does. */
export class SecretTexts {
  /** The first characters → the texts that begin so. */
  readonly #byStart = new Map<string, Group>();
  readonly longest: number;

  /** Each text is known as it is, each of its lines, as it is written in quotes, and with its white space collapsed. */
  constructor(texts: readonly string[]) {
    const forms = new Set<string>();
    for (const text of texts) {
      for (const line of [text, ...text.split(/\r?\n/)]) {
        for (const form of formsOf(line.trim())) if (form.length >= MIN_LENGTH) forms.add(form);
      }
    }
    let longest = 0;
    for (const form of [...forms].sort((a, b) => b.length - a.length)) {
      const start = form.slice(0, MIN_LENGTH);
      const group: Group = this.#byStart.get(start) ?? { forms: new Set(), lengths: [] };
      this.#byStart.set(start, group);
      group.forms.add(form);
      if (group.lengths.at(-1) !== form.length) group.lengths.push(form.length);
      longest = Math.max(longest, form.length);
    }
    this.longest = longest;
  }

  get isEmpty(): boolean {
    return this.#byStart.size === 0;
  }

  /** Where secrets stand in a text, and beginnings of secrets that were cut. Ascending, half-open. */
  find(text: string): Stretch[] {
    const found: Stretch[] = [];
    if (this.isEmpty) return found;
    for (let at = 0; at + MIN_LENGTH <= text.length; at++) {
      const length = this.#lengthAt(text, at);
      if (length === 0) continue;
      found.push({ start: at, end: at + length });
      at += length - 1;
    }
    return found;
  }

  #lengthAt(text: string, at: number): number {
    const group = this.#byStart.get(text.slice(at, at + MIN_LENGTH));
    if (group === undefined) return 0;
    const whole = group.lengths.find((length) => group.forms.has(text.slice(at, at + length)));
    const cut = text.indexOf(CUT, at);
    const beginning = cut === -1 ? '' : text.slice(at, cut);
    const isBeginning = cut !== -1 && [...group.forms].some((form) => form.startsWith(beginning));
    return Math.max(whole ?? 0, isBeginning ? beginning.length : 0);
  }
}

function formsOf(text: string): string[] {
  const quoted = JSON.stringify(text).slice(1, -1);
  return [text, quoted, quoted.replace(/[$%](?=\{)/g, (sign) => sign + sign), text.replace(/\s+/g, ' ')];
}
