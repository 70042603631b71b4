import { maxElements } from '../expression/context.js';
import { FunctionFailure, FunctionLimit } from './function.js';

/**
 * The records of a CSV text as Go's `encoding/csv` reads it: empty lines are left out, a quoted field may hold line ends, a
 * quote in a field without quotes is an error, and each record has as many fields as the first.
 */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const reader = new CsvReader(text.replace(/\r\n/g, '\n').replace(/\r$/, ''));
  return reader.records();
}

class CsvReader {
  #at = 0;
  #line = 1;
  #fields = 0;

  constructor(readonly text: string) {}

  records(): readonly (readonly string[])[] {
    const records: string[][] = [];
    while (this.#at < this.text.length) {
      const line = this.#line;
      if (this.text[this.#at] === '\n') {
        this.#at++;
        this.#line++;
        continue;
      }
      const record = this.#record();
      const expected = records[0]?.length ?? record.length;
      if (record.length !== expected) throw failure(line, 'wrong number of fields');
      records.push(record);
    }
    return records;
  }

  #record(): string[] {
    const fields: string[] = [];
    for (;;) {
      fields.push(this.text[this.#at] === '"' ? this.#quoted() : this.#plain());
      if (++this.#fields > maxElements) throw new FunctionLimit(`there are more than ${maxElements} fields`, 0);
      const next = this.text[this.#at++];
      if (next === ',') continue;
      this.#line++;
      return fields;
    }
  }

  #plain(): string {
    const start = this.#at;
    while (this.#at < this.text.length && this.text[this.#at] !== ',' && this.text[this.#at] !== '\n') {
      if (this.text[this.#at] === '"') throw failure(this.#line, 'bare " in non-quoted-field');
      this.#at++;
    }
    return this.text.slice(start, this.#at);
  }

  #quoted(): string {
    let field = '';
    for (;;) {
      const end = this.text.indexOf('"', this.#at + 1);
      if (end === -1) throw failure(this.#line, 'extraneous or missing " in quoted-field');
      const stretch = this.text.slice(this.#at + 1, end);
      field += stretch;
      this.#line += stretch.split('\n').length - 1;
      this.#at = end + 1;
      const next = this.text[this.#at];
      if (next === undefined || next === ',' || next === '\n') return field;
      if (next !== '"') throw failure(this.#line, 'extraneous or missing " in quoted-field');
      field += '"';
    }
  }
}

function failure(line: number, problem: string): FunctionFailure {
  return new FunctionFailure(`CSV parse error on line ${line}: ${problem}`, 0);
}
