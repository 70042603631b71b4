import { expect, test } from 'vitest';
import { hasNoPolicy } from '../../src/access/policy-holders.js';
import { ANY, holeOf, type Text, textOf } from '../../src/iam/index.js';
import { unknownValue } from '../../src/model/values.js';

const hole = holeOf(unknownValue('outside-input', { subject: 'a name' }));

test.each<[boolean, Text]>([
  [true, textOf('arn:aws:ec2:eu-west-1:111122223333:instance/i-1')],
  [true, textOf('arn:aws:ecs:eu-west-1:111122223333:task/ovens/1')],
  [true, textOf('arn:aws:glue:eu-west-1:111122223333:job/dough')],
  [false, textOf('arn:aws:glue:eu-west-1:111122223333:catalog')],
  [false, textOf('arn:aws:glue:eu-west-1:111122223333:table/mill/flour')],
  [true, textOf('arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:1')],
  [false, textOf('arn:aws:lambda:eu-west-1:111122223333:function:knead')],
  [true, textOf('arn:aws:sagemaker:eu-west-1:111122223333:notebook-instance/recipes')],
  [true, textOf('arn:aws:ssm:eu-west-1:111122223333:managed-instance/mi-1')],
  [false, textOf('arn:aws:ssm:eu-west-1:111122223333:parameter/mill')],
  [false, textOf('arn:aws:s3:::bakery')],
  [false, textOf('arn:aws:sqs:eu-west-1:111122223333:orders')],
  [true, [...textOf('arn:aws:glue:eu-west-1:'), hole, ...textOf(':job/'), hole]],
  [false, [...textOf('arn:aws:glue:eu-west-1:111122223333:'), hole]],
  [false, [...textOf('arn:aws:'), hole, ...textOf(':eu-west-1:111122223333:job/dough')]],
  [false, [hole]],
  [false, [ANY]],
])('%s: %#', (expected, arn) => {
  expect(hasNoPolicy(arn)).toBe(expected);
});
