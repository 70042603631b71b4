import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COLLECTORS, SERVICES } from '../src/collect/aws/collectors.js';
import { cloudFormationSchemas } from '../src/schemas/cloudformation-schemas.js';
import { providerSchemas } from '../src/schemas/provider-schemas.js';
import { collectServices } from './collect/collect-service.js';

const FIXTURES = join(import.meta.dirname, '../fixtures/collect/aws');

/** What a template can say in another way as well, or only to whoever makes the resource. */
const SAID_OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Instance': [
    'Ipv6AddressCount', // Ipv6Addresses
    'SecurityGroups', // SecurityGroupIds
    'Volumes', // BlockDeviceMappings
  ],
  'AWS::S3::Bucket': [
    'AccessControl', // the grants, of which the canned list is made
    'BucketNamePrefix', // BucketName
    'BucketNamespace', // BucketName
  ],
};

/** `UPDATE=1` rewrites the goldens. */
describe('what is recorded of a service becomes records and a ledger', () => {
  test.each(SERVICES)('%s', async (service) => {
    const { records, usage, ledger } = await collectServices([service]);
    const path = join(FIXTURES, `${service}.golden.json`);
    const made = `${JSON.stringify({ records, ...(usage.length === 0 ? {} : { usage }), ledger }, null, 2)}\n`;
    if (process.env['UPDATE'] === '1' || !existsSync(path)) writeFileSync(path, made);
    expect(made).toBe(readFileSync(path, 'utf8'));
  });
});

describe('every property of a type is told by an operation, or said not to be', () => {
  const types = COLLECTORS.filter(({ type }) => type.startsWith('AWS::'));
  test.each(types)('$type', async ({ type, service, tells = [], each = {}, joins = {}, unread = [] }) => {
    const { records } = await collectServices([service]);
    const own = records.filter((record) => record.type === type);
    const written = own.flatMap(({ properties }) => Object.keys(properties));
    const feeds = [...Object.values(each), ...Object.values(joins)].flatMap((operation) => operation.feeds);
    const told = [...tells, ...feeds].filter((path) => !/^[@$]/.test(path));
    const known = [...(cloudFormationSchemas.resource(type)?.properties.keys() ?? [])];
    expect([...told, ...unread, ...(SAID_OTHERWISE[type] ?? [])].sort()).toEqual(known.sort());
    expect([...new Set(written)].sort()).toEqual([...told].sort());
  });

  const others = COLLECTORS.filter(({ type }) => providerSchemas.resource(type) !== undefined);
  test.each(others)('$type', async ({ type, service, tells = [], each = {}, joins = {} }) => {
    const { records } = await collectServices([service]);
    const own = records.filter((record) => record.type === type);
    const feeds = [...Object.values(each), ...Object.values(joins)].flatMap((operation) => operation.feeds);
    const told = [...tells, ...feeds].filter((path) => !/^[@$]/.test(path));
    const schema = providerSchemas.resource(type);
    expect(told.filter((name) => schema?.attributes.has(name) !== true && schema?.blocks.has(name) !== true)).toEqual(
      [],
    );
    expect([...new Set(own.flatMap(({ properties }) => Object.keys(properties)))].sort()).toEqual(told.sort());
  });

  test('of what a collector says that an operation feeds, all is a property or a resource beside it', () => {
    const unknown = COLLECTORS.flatMap(({ type, each = {}, joins = {} }) => {
      const schema = cloudFormationSchemas.resource(type);
      if (schema === undefined) return [];
      const paths = [...Object.values(each), ...Object.values(joins)].flatMap(({ feeds }) => feeds);
      return paths
        .filter((path) => !/^[@$]/.test(path) && !schema.properties.has(path))
        .map((path) => `${type}.${path}`);
    });
    expect(unknown).toEqual([]);
  });
});
