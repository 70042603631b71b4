/** A value of a TOML text with its place: UTF-16 offsets, half-open. */
export type TomlNode =
  | { readonly kind: 'string'; readonly value: string; readonly start: number; readonly end: number }
  /** Numbers, booleans and dates, as they are written. */
  | { readonly kind: 'other'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'array'; readonly items: readonly TomlNode[]; readonly start: number; readonly end: number }
  | TomlTable;

export interface TomlTable {
  readonly kind: 'table';
  readonly entries: Map<string, TomlNode>;
  readonly start: number;
  readonly end: number;
}

/** SAFETY: how deep arrays and inline tables are nested. */
const maxDepth = 50;

class TomlError extends Error {}

/**
 * Reads what `samconfig.toml` is made of (https://toml.io/en/v1.0.0): tables, arrays of tables, dotted keys, every form of
 * text. Undefined for what is no TOML.
 */
export function parseToml(text: string): TomlTable | undefined {
  try {
    return new Parser(text).parse();
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}

class Parser {
  #at = 0;

  constructor(private readonly text: string) {}

  parse(): TomlTable {
    const root: TomlTable = { kind: 'table', entries: new Map(), start: 0, end: this.text.length };
    let table = root;
    if (this.text.startsWith('\ufeff')) this.#at++;
    for (;;) {
      this.#skipLines();
      if (this.#at >= this.text.length) return root;
      if (this.text[this.#at] === '[') table = this.#header(root);
      else this.#pair(table);
      this.#endOfLine();
    }
  }

  #header(root: TomlTable): TomlTable {
    const start = this.#at;
    const isArray = this.text.startsWith('[[', start);
    this.#at += isArray ? 2 : 1;
    const path = this.#key();
    this.#expect(isArray ? ']]' : ']');
    const last = path.pop() ?? '';
    const holder = path.reduce((table, name) => this.#inner(table, name), root);
    if (!isArray) return this.#inner(holder, last);
    const made = this.#emptyTable(start);
    const present = holder.entries.get(last);
    const items = present?.kind === 'array' ? [...present.items, made] : [made];
    holder.entries.set(last, { kind: 'array', items, start, end: this.#at });
    return made;
  }

  #emptyTable(start: number): TomlTable {
    return { kind: 'table', entries: new Map(), start, end: this.#at };
  }

  /** The table of a name, made where there is none; of an array of tables the last one. */
  #inner(table: TomlTable, name: string): TomlTable {
    const present = table.entries.get(name);
    const found = present?.kind === 'array' ? present.items.at(-1) : present;
    if (found?.kind === 'table') return found;
    if (present !== undefined) throw new TomlError();
    const made = this.#emptyTable(this.#at);
    table.entries.set(name, made);
    return made;
  }

  #pair(table: TomlTable): void {
    const path = this.#key();
    this.#expect('=');
    this.#skipBlanks();
    const last = path.pop() ?? '';
    const holder = path.reduce((inner, name) => this.#inner(inner, name), table);
    if (holder.entries.has(last)) throw new TomlError();
    holder.entries.set(last, this.#value(0));
  }

  #key(): string[] {
    const path: string[] = [];
    do {
      this.#skipBlanks();
      const char = this.text[this.#at];
      if (char === '"' || char === "'") path.push(this.#quoted(char).value);
      else path.push(this.#match(/[A-Za-z0-9_-]+/y));
      this.#skipBlanks();
    } while (this.#take('.'));
    return path;
  }

  #value(depth: number): TomlNode {
    if (depth > maxDepth) throw new TomlError();
    const char = this.text[this.#at];
    if (char === '"' || char === "'") return this.#quoted(char);
    if (char === '[') return this.#array(depth);
    if (char === '{') return this.#inlineTable(depth);
    const start = this.#at;
    const text = this.#match(/[^\s,\]}#]+(?: \d[^\s,\]}#]*)?/y);
    return { kind: 'other', text, start, end: this.#at };
  }

  #array(depth: number): TomlNode {
    const start = this.#at++;
    const items: TomlNode[] = [];
    for (;;) {
      this.#skipLines();
      if (this.#take(']')) return { kind: 'array', items, start, end: this.#at };
      items.push(this.#value(depth + 1));
      this.#skipLines();
      if (this.#take(',')) continue;
      this.#expect(']');
      return { kind: 'array', items, start, end: this.#at };
    }
  }

  #inlineTable(depth: number): TomlNode {
    const start = this.#at++;
    const table: TomlTable = { kind: 'table', entries: new Map(), start, end: start };
    this.#skipBlanks();
    if (this.#take('}')) return { ...table, end: this.#at };
    do {
      const path = this.#key();
      this.#expect('=');
      this.#skipBlanks();
      const last = path.pop() ?? '';
      const holder = path.reduce((inner, name) => this.#inner(inner, name), table);
      holder.entries.set(last, this.#value(depth + 1));
      this.#skipBlanks();
    } while (this.#take(','));
    this.#expect('}');
    return { ...table, end: this.#at };
  }

  #quoted(quote: string): { kind: 'string'; value: string; start: number; end: number } {
    const start = this.#at;
    const isLong = this.text.startsWith(quote.repeat(3), start);
    this.#at += isLong ? 3 : 1;
    if (isLong) this.#take('\r\n') || this.#take('\n');
    let value = '';
    for (;;) {
      const char = this.text[this.#at];
      if (char === undefined || (!isLong && char === '\n')) throw new TomlError();
      if (char === quote && (!isLong || this.text.startsWith(quote.repeat(3), this.#at))) break;
      if (char === '\\' && quote === '"') value += this.#escape(isLong);
      else {
        value += char;
        this.#at++;
      }
    }
    this.#at += isLong ? 3 : 1;
    // Quotes at the end of a long text belong to it.
    while (isLong && this.text[this.#at] === quote) {
      value += quote;
      this.#at++;
    }
    return { kind: 'string', value, start, end: this.#at };
  }

  #escape(isLong: boolean): string {
    const char = this.text[this.#at + 1] ?? '';
    if (isLong && /\s/.test(char)) {
      this.#at++;
      this.#match(/[ \t]*\r?\n\s*/y);
      return '';
    }
    this.#at += 2;
    const simple = ESCAPES.get(char);
    if (simple !== undefined) return simple;
    if (char !== 'u' && char !== 'U') throw new TomlError();
    const code = Number.parseInt(this.#match(char === 'u' ? /[0-9a-fA-F]{4}/y : /[0-9a-fA-F]{8}/y), 16);
    if (code > 0x10ffff) throw new TomlError();
    return String.fromCodePoint(code);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) throw new TomlError();
    this.#at += found.length;
    return found;
  }

  #take(text: string): boolean {
    if (!this.text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #expect(text: string): void {
    this.#skipBlanks();
    if (!this.#take(text)) throw new TomlError();
  }

  #skipBlanks(): void {
    while (this.text[this.#at] === ' ' || this.text[this.#at] === '\t') this.#at++;
  }

  /** White space, line breaks and comments. */
  #skipLines(): void {
    for (;;) {
      this.#match(/\s*/y);
      if (this.text[this.#at] !== '#') return;
      this.#match(/[^\n]*/y);
    }
  }

  #endOfLine(): void {
    this.#match(/[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y);
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['"', '"'],
  ['\\', '\\'],
]);
