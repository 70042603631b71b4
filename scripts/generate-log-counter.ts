import { join } from 'node:path';
import { generateWasm } from './compile-wasm.js';

/** Compiles what counts the events of audit logs. `minimal`: memory is given back, for tables grow beside each other. */
await generateWasm(
  {
    folder: join(import.meta.dirname, '../src/collect/audit-logs'),
    target: 'generated/log-counter.ts',
    name: 'logCounter',
    options: [
      '--runtime',
      'minimal',
      '-O3',
      '--noAssert',
      '--use',
      'abort=',
      '--enable',
      'simd',
      '--initialMemory',
      '8',
    ],
  },
  'generate-log-counter.ts',
);
