import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const SOURCE = 'src/collect/audit-logs/scan-worker.ts';
const FILE = 'scan-worker.cjs';

/** Says in the bundle where the file of the threads that read logs is. */
export const logWorker: Plugin = {
  name: 'log-worker',
  setup(build) {
    build.onLoad({ filter: /[\\/]audit-logs[\\/]worker-file\.ts$/ }, () => ({
      contents: `import { join } from 'node:path';\nexport const workerFile = () => join(__dirname, '${FILE}');`,
      loader: 'js',
    }));
  },
};

/** Bundles what runs in those threads into one file: they start sooner without the rest. */
export async function bundleLogWorker(root: string, dist: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [SOURCE],
    outfile: join(dist, FILE),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [logWorker],
  });
}
