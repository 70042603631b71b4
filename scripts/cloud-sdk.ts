import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

const SOURCES = 'src/collect/aws/sdk';
const FOLDER = 'aws';

/** Leaves a cloud's SDK where it is: a module that is imported when a service of it is first called. */
export const cloudSdk: Plugin = {
  name: 'cloud-sdk',
  setup(build) {
    build.onResolve({ filter: /^\.\/sdk\// }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${FOLDER}/${basename(path, '.js')}.mjs`, external: true } : undefined,
    );
  },
};

/**
 * Bundles what is used of the SDK, a file for each service and one for what several share. They are ES modules, because the
 * SDK imports parts of itself when it needs them.
 */
export async function bundleCloudSdk(root: string, dist: string): Promise<Metafile> {
  const entries = readdirSync(join(root, SOURCES)).filter((name) => name !== 'sdk-service.ts');
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((name) => `${SOURCES}/${name}`),
    outdir: join(dist, FOLDER),
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    charset: 'utf8',
    legalComments: 'none',
    // What of it is CommonJS asks for Node's modules by this.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  mkdirSync(join(dist, FOLDER), { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  return metafile;
}
