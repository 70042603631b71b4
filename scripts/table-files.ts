import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { apiOperationTable } from '../src/schemas/generated/api-operations.js';
import { awsSchemas } from '../src/schemas/generated/aws-schemas.js';
import { cloudFormationTable } from '../src/schemas/generated/cloudformation-schemas.js';
import { iamActionTable } from '../src/schemas/generated/iam-actions.js';
import { kubernetesKinds } from '../src/schemas/generated/kubernetes-kinds.js';
import { kubernetesRoles } from '../src/schemas/generated/kubernetes-roles.js';
import { managedPolicyTable } from '../src/schemas/generated/managed-policies.js';

/** Generated modules that are one function which gives a large text, by the name of their file. */
const TABLES: Readonly<Record<string, { readonly name: string; readonly read: () => string }>> = {
  'api-operations': { name: 'apiOperationTable', read: apiOperationTable },
  'aws-schemas': { name: 'awsSchemas', read: awsSchemas },
  'cloudformation-schemas': { name: 'cloudFormationTable', read: cloudFormationTable },
  'iam-actions': { name: 'iamActionTable', read: iamActionTable },
  'kubernetes-kinds': { name: 'kubernetesKinds', read: kubernetesKinds },
  'kubernetes-roles': { name: 'kubernetesRoles', read: kubernetesRoles },
  'managed-policies': { name: 'managedPolicyTable', read: managedPolicyTable },
};

/** Writes the tables of types into files of their own, read when they are asked for: as code, every run would compile them. */
export function tableFiles(folder: string): Plugin {
  return {
    name: 'table-files',
    setup(build) {
      build.onLoad({ filter: /[\\/]schemas[\\/]generated[\\/][\w-]+\.ts$/ }, ({ path }) => {
        const file = /([\w-]+)\.ts$/.exec(path)?.[1] ?? '';
        const table = TABLES[file];
        if (table === undefined) throw new Error(`${path} is in no list of tables.`);
        const text = table.read();
        // One byte a character: nothing is decoded.
        if (/[^\x00-\x7f]/.test(text)) throw new Error(`${path} has more than ASCII.`);
        writeFileSync(join(folder, `${file}.txt`), text);
        const contents = [
          "import { readFileSync } from 'node:fs';",
          "import { join } from 'node:path';",
          `export const ${table.name} = () => readFileSync(join(__dirname, '${file}.txt'), 'latin1');`,
        ];
        return { contents: contents.join('\n'), loader: 'js' };
      });
    },
  };
}
