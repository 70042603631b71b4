import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { relaxedYamlPlugin } from '../../scripts/relax-yaml.js';
import { measureNode, scratchFolder } from './measure.js';

const root = join(import.meta.dirname, '../..');

/** What a process of its own does: reads the file once, cold; then five times; then the tenth of it with the peer. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { parseData } from './src/syntax/data/parse-data.js';
const text = readFileSync(process.argv[2], 'utf8');
const time = (run) => { const begin = process.cpuUsage().user; run(); return (process.cpuUsage().user - begin) / 1e6; };
const read = () => parseData({ path: 'manifests.yaml', text }, 'kubernetes');
const cold = time(read);
const warm = Math.min(...Array.from({ length: 5 }, () => time(read)));
const tenth = text.slice(0, text.indexOf('---', text.length / 10));
const peer = time(() => parseAllDocuments(tenth, { uniqueKeys: false }));
const rate = (characters, seconds) => (characters / 1e6 / seconds).toFixed(1) + ' MB/s';
console.log(\`\${(text.length / 1e6).toFixed(1)} MB, \${read().documents.length} documents: cold \${cold.toFixed(2)} CPU-s (\${rate(text.length, cold)}), warm \${rate(text.length, warm)}, yaml \${rate(tenth.length, peer)}\`);
`;

function manifest(i: number): string {
  return `---
# The oven of bakery ${i}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: bakery-${i}
  namespace: orchard
  labels:
    app.kubernetes.io/name: bakery
    app.kubernetes.io/part-of: "orchard"
spec:
  replicas: ${i % 7}
  selector:
    matchLabels: {app: bakery-${i}}
  template:
    metadata:
      labels:
        app: bakery-${i}
    spec:
      serviceAccountName: baker
      securityContext:
        runAsNonRoot: true
        fsGroup: 10001
      containers:
        - name: oven
          image: registry.example.com/bakery/oven:1.2.${i}
          args: ["--heat", "250", --dry]
          ports:
            - containerPort: 8080
          env:
            - name: HEAT
              value: "250"
            - name: RECIPE
              value: |
                flour
                water
          resources:
            limits:
              cpu: 500m
              memory: 128Mi
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop:
                - ALL
`;
}

/** 5 MB of manifests in one file, as the bundled program reads them. */
export async function run(): Promise<string[]> {
  const folder = scratchFolder('parse-data');
  let text = '';
  for (let i = 0; text.length < 5_000_000; i++) text += manifest(i);
  writeFileSync(join(folder, 'manifests.yaml'), text);
  const outfile = join(folder, 'program.cjs');
  await build({
    absWorkingDir: root,
    stdin: { contents: PROGRAM, resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    plugins: [relaxedYamlPlugin],
  });
  const { output, peakMebibytes } = measureNode([outfile, join(folder, 'manifests.yaml')], folder);
  return [`${output.trim()}, ${peakMebibytes.toFixed(0)} MiB`];
}
