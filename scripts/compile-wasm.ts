import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import asc from 'assemblyscript/asc';

/** A module of WebAssembly that is written in AssemblyScript. */
export interface WasmModule {
  /** Of its sources: `wasm/index.ts` is there, and what it imports. */
  readonly folder: string;
  /** The file that is made of it. */
  readonly target: string;
  /** The name of the text in that file. */
  readonly name: string;
  /** Of AssemblyScript's compiler, beside those that all have. */
  readonly options: readonly string[];
}

const root = join(import.meta.dirname, '..');

/** Compiles a module and keeps it as text in a TypeScript file. With `--check` it fails where that file is not what it makes. */
export async function generateWasm(given: WasmModule, script: string): Promise<void> {
  const target = join(given.folder, given.target);
  const text = `// Made by scripts/${script} of ${relative(root, given.folder)}/wasm; not to be edited.
/** The module of WebAssembly in base64. */
export const ${given.name} =
  '${Buffer.from(await compile(given)).toString('base64')}';
`;
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== text) {
      console.error(`${relative(root, target)} is stale: run tsx scripts/${script}.`);
      process.exitCode = 1;
    }
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

async function compile({ folder, options }: WasmModule): Promise<Uint8Array> {
  /** AssemblyScript's compiler does not know that a module named `.js` is written in `.ts`. */
  const readFile = (name: string): string | null => {
    try {
      return readFileSync(join(folder, name.replace(/\.js\.ts$/, '.ts')), 'utf8');
    } catch {
      return null;
    }
  };
  let module: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['wasm/index.ts', '--outFile', 'module.wasm', ...options], {
    readFile,
    writeFile: (_name: string, contents: string | Uint8Array) => {
      if (typeof contents !== 'string') module = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || module === undefined) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return module;
}
