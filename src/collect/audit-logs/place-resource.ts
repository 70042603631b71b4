import type { TextPlace } from './entries.js';
import { isText, maxTextBytes } from './event-texts.js';
import type { ScannedRecord } from './scan-record.js';

const OBJECT = 'AWS::S3::Object';
/** Amazon S3 User Guide, "Monitoring and logging access points": what is allowed is decided on the access point, which is one of three. */
const ACCESS_POINT = 'AWS::S3::AccessPoint';

/** Of an object and its bucket the object; of several others none, for it is not said which was decided on. */
export function placeResource(record: ScannedRecord, into: TextPlace): void {
  const { bytes, resources, resourceCount } = record;
  let found = -1;
  let objects = 0;
  const kept = Math.min(resourceCount, resources.length / 4);
  for (let index = 0; index < kept; index++) {
    const from = resources[4 * index + 2] ?? -1;
    const to = resources[4 * index + 3] ?? -1;
    if (isText(bytes, from, to, ACCESS_POINT)) return;
    if (isText(bytes, from, to, OBJECT)) {
      objects++;
      found = index;
    }
  }
  if (objects > 1 || (objects === 0 && resourceCount > 1 && !areSame(record))) return;
  const index = objects === 1 ? found : 0;
  const from = resources[4 * index] ?? -1;
  const to = resources[4 * index + 1] ?? -1;
  if (to - from > maxTextBytes || from === to) return;
  into.from = from;
  into.to = to;
}

function areSame({ bytes, resources, resourceCount }: ScannedRecord): boolean {
  if (resourceCount > resources.length / 4) return false;
  const first = Buffer.from(bytes.subarray(resources[0], resources[1]));
  for (let index = 1; index < resourceCount; index++)
    if (!first.equals(bytes.subarray(resources[4 * index], resources[4 * index + 1]))) return false;
  return true;
}
