import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

/**
 * Compiles the parser of HCL from AssemblyScript, `src/syntax/hcl/wasm`, to a module of WebAssembly, kept as text in a
 * TypeScript file. With `--check` it fails where that file is not what it makes.
 */
const folder = join(import.meta.dirname, '../src/syntax/hcl');
const target = join(folder, 'generated/hcl-parser.ts');

/** AssemblyScript's compiler does not know that a module named `.js` is written in `.ts`. */
function read(name: string): string | null {
  try {
    return readFileSync(join(folder, name.replace(/\.js\.ts$/, '.ts')), 'utf8');
  } catch {
    return null;
  }
}

async function compile(): Promise<Uint8Array> {
  let module: Uint8Array | undefined;
  const options = ['--runtime', 'stub', '-O3', '--noAssert', '--use', 'abort=', '--initialMemory', '16'];
  const { error, stderr } = await asc.main(['wasm/index.ts', '--outFile', 'parser.wasm', ...options], {
    readFile: read,
    writeFile: (_name: string, contents: string | Uint8Array) => {
      if (typeof contents !== 'string') module = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || module === undefined) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return module;
}

const module = Buffer.from(await compile()).toString('base64');
const text = `// Made by scripts/generate-hcl-parser.ts of src/syntax/hcl/wasm; not to be edited.
/** The module of WebAssembly in base64. */
export const hclParser =
  '${module}';
`;
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('src/syntax/hcl/generated/hcl-parser.ts is stale: run npm run generate:hcl-parser.');
    process.exitCode = 1;
  }
} else {
  mkdirSync(join(folder, 'generated'), { recursive: true });
  writeFileSync(target, text);
}
