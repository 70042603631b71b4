import { expect, test } from 'vitest';
import { LIST_OBJECTS } from '../../src/collect/aws/athena/log-objects.js';
import {
  GET_BUCKET_LOCATION,
  GET_PARTITIONS,
  GET_TABLE,
  GET_WORK_GROUP,
} from '../../src/collect/aws/athena/prepare-query.js';
import { GET_QUERY, GET_RESULTS, START_QUERY, STOP_QUERY } from '../../src/collect/aws/athena/run-query.js';
import { operationsOf } from '../../src/collect/aws/collector.js';
import { COLLECTORS, leastPolicy, REGIONS } from '../../src/collect/aws/collectors.js';
import { LOOKUP } from '../../src/collect/aws/lookup-events/lookup-range.js';
import { SDK_SERVICES } from '../../src/collect/aws/services.js';

/** They read, and give what a snapshot must not have: values of secrets, passwords, code, credentials. */
const NEVER = [
  'dynamodb:GetItem',
  'ec2:GetConsoleOutput',
  'ec2:GetPasswordData',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
  'kms:Decrypt',
  'lambda:GetFunction',
  's3:GetObject',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'sts:GetSessionToken',
];

/** They have a report made of what is there, which changes nothing of it. */
const REPORTS = ['iam:GenerateCredentialReport', 'iam:GenerateServiceLastAccessedDetails'];

/** A query that only reads is begun by whoever may have it read, and ended. */
const QUERIES = ['athena:StartQueryExecution', 'athena:StopQueryExecution'];

const usage = [
  LOOKUP,
  GET_BUCKET_LOCATION,
  GET_PARTITIONS,
  GET_QUERY,
  GET_RESULTS,
  GET_TABLE,
  GET_WORK_GROUP,
  LIST_OBJECTS,
  START_QUERY,
  STOP_QUERY,
].map(({ call }) => call);

const declared = [REGIONS, ...COLLECTORS.flatMap(operationsOf)].map(({ call }) => call);

const callable = (
  await Promise.all(
    Object.entries(SDK_SERVICES).map(async ([name, load]) =>
      Object.keys((await load()).service.commands).map((operation) => `${name}:${operation}`),
    ),
  )
).flat();

test('nothing can be called but operations that read', () => {
  const others = callable.filter((call) => !/^[a-z0-9]+:(Describe|(?:Batch)?Get|List|Lookup)[A-Z]/.test(call));
  expect(others.filter((call) => ![...REPORTS, ...QUERIES].includes(call))).toEqual([]);
  expect(callable.filter((call) => NEVER.includes(call))).toEqual([]);
});

test('what can be called is what collectors ask for, and who asks', () => {
  expect(callable.sort()).toEqual([...new Set([...declared, ...usage, 'sts:GetCallerIdentity'])].sort());
});

test('the least policy only reads', () => {
  const { Statement } = JSON.parse(leastPolicy(COLLECTORS));
  expect(Statement).toHaveLength(1);
  const others = Statement[0].Action.filter(
    (action: string) => !/^[a-z0-9-]+:(Describe|(?:Batch)?Get|List)[A-Z]/.test(action),
  );
  expect(others.filter((action: string) => !REPORTS.includes(action))).toEqual([]);
});
