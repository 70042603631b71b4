import { escalationsOf } from '../../src/access/escalation/escalations.js';
import { openGrants } from '../../src/access/rows/open-grants.js';
import { sourcesOfSnapshot } from '../support/access-graph.js';
import { accountFiles } from './generate-account.js';

/** Of an account of so many roles: how long the rows of all take, and then all paths. One line of JSON. */
const roles = Number(process.argv[2] ?? 2_000);
const files = Object.fromEntries([...accountFiles(roles)].map(([name, text]) => [`snap/${name}`, text]));
const sources = sourcesOfSnapshot(files);
/** Milliseconds of the processors, so that others on the machine do not count. */
const now = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
const began = now();
const grants = openGrants(sources);
const rows = grants.principals.reduce((sum, one) => sum + grants.rowsOf(one).length, 0);
const granted = now();
const { admins, paths } = escalationsOf(sources);
const ended = now();
console.log(
  JSON.stringify({
    roles,
    rows,
    rowsMs: granted - began,
    pathsMs: ended - granted,
    admins: admins.length,
    paths: paths.length,
    certain: paths.filter(({ state }) => state === 'certain').length,
    mebibytes: process.resourceUsage().maxRSS / 1024,
  }),
);
