import type { SourceFile } from '../../source/source-file.js';
import type { DataDialect, DataStream } from './ast.js';

export function readJson(_source: SourceFile, _dialect: DataDialect): DataStream | undefined {
  return undefined;
}
