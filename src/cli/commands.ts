import type { Command } from './command.js';
import { accessCan } from './commands/access-can.js';
import { accessReport } from './commands/access-report.js';
import { accessRightSize } from './commands/access-right-size.js';
import { accessUsage } from './commands/access-usage.js';
import { accessWhoCan } from './commands/access-who-can.js';
import { configShow } from './commands/config.js';
import { explain } from './commands/explain.js';
import { init } from './commands/init.js';
import { inputs } from './commands/inputs.js';
import { policiesList, policiesNew, policiesShow, policiesTest } from './commands/policies.js';
import { resources } from './commands/resources.js';
import { scan } from './commands/scan.js';
import { schema } from './commands/schema.js';
import { snapshotOfAws } from './commands/snapshot-aws.js';
import { snapshotDiff } from './commands/snapshot-diff.js';
import { snapshotMerge } from './commands/snapshot-merge.js';
import { version } from './commands/version.js';

export const COMMANDS: readonly Command[] = [
  scan,
  inputs,
  resources,
  explain,
  policiesList,
  policiesShow,
  policiesTest,
  policiesNew,
  init,
  snapshotOfAws,
  snapshotDiff,
  snapshotMerge,
  accessCan,
  accessWhoCan,
  accessReport,
  accessUsage,
  accessRightSize,
  configShow,
  schema,
  version,
];
