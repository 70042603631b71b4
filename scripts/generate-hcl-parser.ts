import { join } from 'node:path';
import { generateWasm } from './compile-wasm.js';

/** Compiles the parser of HCL. */
await generateWasm(
  {
    folder: join(import.meta.dirname, '../src/syntax/hcl'),
    target: 'generated/hcl-parser.ts',
    name: 'hclParser',
    options: ['--runtime', 'stub', '-O3', '--noAssert', '--use', 'abort=', '--initialMemory', '16'],
  },
  'generate-hcl-parser.ts',
);
