/** Shorter ones would hide half of the report. */
const MIN_LENGTH = 6;
/** What stands at the end of a text that was cut. */
const CUT = '…';

/** A part of a text: offsets, half-open. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Texts that are secret, as they may occur in others: looked up by how they begin, so that a thousand cost what one does. */
export class SecretTexts {
  /** The first characters → the texts that begin so, the longest first, so that no part of one is left beside another's mask. */
  readonly #byStart = new Map<string, string[]>();
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
    for (const form of [...forms].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))) {
      const start = form.slice(0, MIN_LENGTH);
      const others = this.#byStart.get(start);
      if (others === undefined) this.#byStart.set(start, [form]);
      else others.push(form);
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
    const forms = this.#byStart.get(text.slice(at, at + MIN_LENGTH));
    if (forms === undefined) return 0;
    const whole = forms.find((form) => text.startsWith(form, at));
    const cut = text.indexOf(CUT, at);
    const isBeginning = cut !== -1 && forms.some((form) => form.startsWith(text.slice(at, cut)));
    return Math.max(whole?.length ?? 0, isBeginning ? cut - at : 0);
  }
}

function formsOf(text: string): string[] {
  const quoted = JSON.stringify(text).slice(1, -1);
  return [text, quoted, quoted.replace(/[$%](?=\{)/g, (sign) => sign + sign), text.replace(/\s+/g, ' ')];
}
