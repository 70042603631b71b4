import type { Notes } from '../yaml/notes.js';
import type { DataDialect } from './ast.js';

/** What the readers of one file have in common. */
export interface Reading {
  readonly dialect: DataDialect;
  readonly notes: Notes;
}
