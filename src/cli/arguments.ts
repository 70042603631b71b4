import { parseArgs } from 'node:util';
import { UsageError } from '../project.js';
import { nearestName } from '../source/suggest.js';

/** One option of a command. */
export interface Flag {
  readonly kind: 'switch' | 'value' | 'values';
  readonly description: string;
  /** How the value is called in the help: `FILE`. */
  readonly argument?: string | undefined;
  readonly choices?: readonly string[] | undefined;
  readonly short?: string | undefined;
  /** Other names for the same option. */
  readonly aliases?: readonly string[] | undefined;
}

export type Flags = Readonly<Record<string, Flag>>;

/** Options that other scanners have, and what does the same here. */
const FOREIGN_FLAGS: Readonly<Record<string, string>> = {
  'soft-fail': 'Use --fail-on none.',
  'exit-zero': 'Use --fail-on none.',
  'exit-code': 'Use --fail-on.',
  check: 'Use --policy.',
  'skip-check': 'Use --skip-policy.',
  directory: 'Name the folder: trueline scan DIR.',
  file: 'Name the file: trueline scan FILE.',
  output: 'Use --format, or --report FORMAT=FILE.',
  'output-file-path': 'Use --report FORMAT=FILE.',
  severity: 'Use --min-severity.',
  'minimum-severity': 'Use --min-severity.',
  'tf-vars': 'Use --var-file.',
  'tfvars-file': 'Use --var-file.',
  'download-external-modules': 'Modules are never downloaded: run "terraform init" first.',
};

/** The arguments of one call, checked against the command's options. */
export class Arguments {
  constructor(
    readonly positionals: readonly string[],
    private readonly switches: ReadonlySet<string>,
    private readonly values: ReadonlyMap<string, readonly string[]>,
  ) {}

  has(name: string): boolean {
    return this.switches.has(name);
  }

  /** The last value given for an option. */
  value(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  list(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  isGiven(name: string): boolean {
    return this.switches.has(name) || this.values.has(name);
  }
}

/**
 * Parses what follows the command's name. Every repeatable option takes one value at a time or a comma list; unknown
 * options are answered with the nearest name. Throws `UsageError`.
 */
export function parseArguments(command: string, argv: readonly string[], flags: Flags): Arguments {
  const names = flagNames(flags);
  const { tokens } = parseArgs({
    args: [...argv],
    options: toOptions(flags),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals: string[] = [];
  const switches = new Set<string>();
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const name = names.get(token.name);
    const flag = name === undefined ? undefined : flags[name];
    if (name === undefined || flag === undefined) throw unknownFlag(command, token.rawName, names);
    if (flag.kind === 'switch') {
      if (token.inlineValue === true) throw new UsageError(`"${token.rawName}" takes no value.`);
      switches.add(name);
    } else {
      const given = flagValues(token.rawName, flag, token.value);
      values.set(name, flag.kind === 'values' ? [...(values.get(name) ?? []), ...given] : given);
    }
  }
  return new Arguments(positionals, switches, values);
}

function flagNames(flags: Flags): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, flag] of Object.entries(flags)) {
    for (const spelling of [name, ...(flag.aliases ?? []), ...(flag.short === undefined ? [] : [flag.short])])
      names.set(spelling, name);
  }
  return names;
}

function toOptions(flags: Flags) {
  const options: Record<string, { type: 'boolean' | 'string'; short?: string; multiple?: boolean }> = {};
  for (const [name, flag] of Object.entries(flags)) {
    const type = flag.kind === 'switch' ? 'boolean' : 'string';
    options[name] = flag.short === undefined ? { type, multiple: true } : { type, short: flag.short, multiple: true };
    for (const alias of flag.aliases ?? []) options[alias] = { type, multiple: true };
  }
  return options;
}

function flagValues(rawName: string, flag: Flag, value: string | undefined): string[] {
  if (value === undefined)
    throw new UsageError(
      `"${rawName}" needs a value${flag.argument === undefined ? '' : `: ${rawName} ${flag.argument}`}.`,
    );
  // A variable's value may hold commas.
  const given =
    flag.kind === 'values' && flag.argument !== 'NAME=VALUE' ? value.split(',').filter((part) => part !== '') : [value];
  for (const one of given) {
    if (flag.choices !== undefined && !flag.choices.includes(one)) {
      const nearest = nearestName(one, flag.choices);
      throw new UsageError(
        `"${one}" is not a value of ${rawName}: ${flag.choices.join(', ')}.${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
      );
    }
  }
  return given;
}

function unknownFlag(command: string, rawName: string, names: ReadonlyMap<string, string>): UsageError {
  const bare = rawName.replace(/^-+/, '');
  const foreign = FOREIGN_FLAGS[bare];
  const nearest = nearestName(
    bare,
    [...names.keys()].filter((name) => name.length > 1),
  );
  const advice =
    foreign ?? (nearest === undefined ? `All: trueline ${command} --help` : `Did you mean "--${nearest}"?`);
  return new UsageError(`"${command}" has no option "${rawName}". ${advice}`);
}
