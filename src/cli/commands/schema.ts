import { SCHEMAS } from '../../json-schemas.js';
import { UsageError } from '../../project.js';
import { suggest } from '../../source/suggest.js';
import type { Command } from '../command.js';

export const schema: Command = {
  name: 'schema',
  usage: 'schema NAME',
  summary: 'Print a JSON schema (findings, config, policy)',
  isListed: true,
  flags: {},
  run: (args, terminal) => {
    const names = Object.keys(SCHEMAS);
    const [name] = args.positionals;
    if (name === undefined) throw new UsageError(`"schema" needs a name: ${names.join(', ')}.`);
    const found = SCHEMAS[name];
    if (found === undefined)
      throw new UsageError(`"${name}" is not a schema: ${names.join(', ')}.${suggest(name, names)}`);
    terminal.write(`${JSON.stringify(found, null, 2)}\n`);
    return 0;
  },
};
