import type { HourCounts } from '../../src/collect/aws/lookup-events/hours.js';
import { mergeEventCounts } from '../../src/collect/aws/lookup-events/merge-counts.js';
import { type EventCount, REQUEST_TRAITS } from '../../src/model/usage.js';

// biome-ignore lint/suspicious/noExplicitAny: an event of any form
type Json = any;

export function countTexts(texts: readonly string[]): HourCounts {
  const seen = new Set<string>();
  const counts: EventCount[] = [];
  for (const text of texts) {
    const event: Json = JSON.parse(text);
    if (seen.has(event.eventID)) continue;
    seen.add(event.eventID);
    counts.push(toCount(event));
  }
  return { events: mergeEventCounts(counts), unread: 0 };
}

function toCount(event: Json): EventCount {
  const who = event.userIdentity ?? {};
  const issuer = who.sessionContext?.sessionIssuer;
  const request = event.requestParameters ?? {};
  const kinds: Json = {
    AssumedRole: 'role',
    IAMUser: 'user',
    WebIdentityUser: 'web-identity',
    AWSService: 'service',
    AWSAccount: 'account',
  };
  const objects = (event.resources ?? []).filter((r: Json) => r.type === 'AWS::S3::Object');
  const own =
    objects.length === 1 ? objects[0].ARN : event.resources?.length === 1 ? event.resources[0].ARN : undefined;
  const role = request.role ?? request.iamInstanceProfile?.arn;
  const failed = event.responseElements?.ConsoleLogin === 'Failure' || event.errorMessage;
  return {
    account: event.recipientAccountId,
    region: event.awsRegion,
    principal: {
      kind: kinds[who.type] ?? 'unknown',
      name:
        issuer?.arn ??
        (who.type === 'AWSAccount'
          ? who.accountId
          : who.type === 'AWSService'
            ? who.invokedBy
            : who.type === 'WebIdentityUser'
              ? who.userName
              : who.arn) ??
        '',
      id: who.type === 'IAMUser' ? who.principalId : issuer?.principalId,
    },
    eventSource: event.eventSource,
    eventName: event.eventName,
    resource:
      own ??
      (request.tableName && `table/${request.tableName}`) ??
      (request.key && `${request.bucketName}/${request.key}`) ??
      request.roleArn ??
      request.functionName,
    traits: REQUEST_TRAITS.filter((trait) => request[trait] !== undefined && JSON.stringify(request[trait]) !== '[]'),
    passedRole: event.eventSource === 'sts.amazonaws.com' ? undefined : role,
    outcome:
      event.errorCode === undefined
        ? failed
          ? 'failed'
          : 'succeeded'
        : /DryRun/.test(event.errorCode)
          ? 'dry-run'
          : /Denied/.test(event.errorCode)
            ? 'denied'
            : 'failed',
    via: who.type === 'AWSService' ? undefined : who.invokedBy,
    people: issuer === undefined ? [] : [who.arn.split('/')[2]],
    count: 1,
    first: event.eventTime,
    last: event.eventTime,
    eventIds: [event.eventID],
  };
}
