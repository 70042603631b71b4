import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run new:resource-type -- aws_sqs_queue sqs`: the file of one more resource type. */
const [type = '', service = ''] = process.argv.slice(2);
if (!/^[a-z]+(_[a-z0-9]+)+$/.test(type) || !/^[a-z0-9-]+$/.test(service)) {
  console.error('Usage: npm run new:resource-type -- <type> <service>, as in aws_sqs_queue sqs');
  process.exit(2);
}
const [provider = '', ...words] = type.split('_');
const camel = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
const folder = join(import.meta.dirname, '..', 'src', 'graph', 'resource-types', provider, service);
const file = join(folder, `${words.join('-')}.ts`);
if (existsSync(file)) {
  console.error(`${file} exists`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
writeFileSync(
  file,
  `import { defineResourceType } from '../../entries.js';

export const ${camel} = defineResourceType({
  type: '${type}',
  terraform: { attributes: {} },
  cloudformation: { type: 'AWS::Service::Type', ref: 'id', properties: {} },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  companions: [],
  links: {},
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
`,
);
console.log(`${file}\nThen: npx tsx scripts/generate-resource-type-index.ts`);
