import { expect, test } from 'vitest';
import type { Call } from '../../src/collect/aws/ask.js';
import { collectServices } from './collect-service.js';
import type { Fault } from './fake-aws.js';

const CLUSTER = 'arn:aws:ecs:eu-central-1:123456789012:cluster';
const SERVICE = 'arn:aws:ecs:eu-central-1:123456789012:service';

/** Two clusters of services: twelve in the barn, one in the shed. */
function orchard(calls: Call[]): Fault {
  return (call) => {
    const { operation, input } = call;
    const answer = (output: object) => ({ kind: 'answer', output }) as ReturnType<Fault>;
    switch (operation) {
      case 'ListClusters':
        return answer({ clusterArns: [`${CLUSTER}/barn`, `${CLUSTER}/shed`] });
      case 'DescribeClusters':
        return answer({ clusters: [input['clusters']].flat().map((arn) => ({ clusterArn: arn, clusterName: arn })) });
      case 'ListServices': {
        const name = String(input['cluster']).split('/')[1];
        const count = name === 'barn' ? 12 : 1;
        return answer({ serviceArns: Array.from({ length: count }, (_, index) => `${SERVICE}/${name}/s${index}`) });
      }
      case 'DescribeServices': {
        calls.push(call);
        const names = input['services'] as readonly string[];
        return answer({
          services: names
            .filter((name) => !name.endsWith('/lost'))
            .map((serviceArn) => ({ serviceArn, taskDefinition: 'arn:of-all', clusterArn: input['cluster'] ?? null })),
        });
      }
      case 'ListTaskDefinitionFamilies':
        return answer({ families: ['web'] });
      case 'DescribeTaskDefinition':
        return answer({ taskDefinition: { taskDefinitionArn: 'arn:of-all', family: 'web' } });
      default:
        return undefined;
    }
  };
}

test('some are asked for at once, those of one parent together', async () => {
  const calls: Call[] = [];
  const { records } = await collectServices(['ecs'], orchard(calls));
  const asked = calls.map(({ input }) => [input['cluster'], (input['services'] as readonly string[]).length]);
  expect(asked).toEqual([
    [`${CLUSTER}/barn`, 10],
    [`${CLUSTER}/barn`, 2],
    [`${CLUSTER}/shed`, 1],
  ]);
  expect(records.filter(({ type }) => type === 'AWS::ECS::Service')).toHaveLength(13);
});

test('what is given to several askings is one', async () => {
  const { records, ledger } = await collectServices(['ecs'], orchard([]));
  const definitions = records.filter(({ type }) => type === 'AWS::ECS::TaskDefinition');
  const line = ledger.find(
    ({ operation, state }) => operation === 'ecs:DescribeTaskDefinition' && state !== 'not-opted-in',
  );
  expect(definitions.map(({ id }) => id)).toEqual(['arn:of-all']);
  expect([line?.state, line?.pages, line?.items]).toEqual(['collected', 2, 1]);
});

test('an answer that lacks one of them is not all there is', async () => {
  const whole = orchard([]);
  const { records, ledger } = await collectServices(['ecs'], (call, nth) =>
    call.operation === 'ListServices'
      ? { kind: 'answer', output: { serviceArns: [`${SERVICE}/barn/web`, `${SERVICE}/barn/lost`] } }
      : whole(call, nth),
  );
  const line = ledger.find(({ operation, state }) => operation === 'ecs:DescribeServices' && state !== 'not-opted-in');
  expect([line?.state, line?.code, line?.items]).toEqual(['truncated', 'NotGiven', 1]);
  expect(records.filter(({ type }) => type === 'AWS::ECS::Service').map(({ id }) => id)).toEqual([
    `${SERVICE}/barn/web`,
  ]);
});
