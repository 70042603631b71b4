import { SEVERITIES } from '../findings/severity.js';
import { INPUT_TYPES } from '../input-kinds.js';
import type { Flags } from './arguments.js';

/** Options of every command that reads a project. */
export const PROJECT_FLAGS: Flags = {
  exclude: { kind: 'values', argument: 'GLOB', description: 'Leave these out, as a .gitignore would; repeatable' },
  'no-gitignore': { kind: 'switch', description: 'Read what .gitignore ignores as well' },
  config: { kind: 'value', argument: 'FILE', description: 'Use this configuration instead of trueline.yaml' },
  'no-config': { kind: 'switch', description: 'Use no configuration' },
};

/** Options that say what inputs are, and give their variables and parameters values. */
export const INPUT_FLAGS: Flags = {
  var: {
    kind: 'values',
    argument: 'NAME=VALUE',
    description: "A variable's value, for every root that declares it; repeatable",
  },
  'var-file': { kind: 'values', argument: 'FILE', description: 'Variable values from a file; repeatable' },
  workspace: { kind: 'value', argument: 'NAME', description: "Terraform's workspace" },
  parameters: {
    kind: 'values',
    argument: 'FILE',
    description: "Values of templates' parameters, as the AWS CLI takes them or KEY: VALUE; repeatable",
  },
  source: { kind: 'value', argument: 'DIR', description: 'The Terraform configuration that a plan was made of' },
  type: {
    kind: 'value',
    argument: 'TYPE',
    description: 'What the files named are, whatever they look like',
    choices: INPUT_TYPES,
  },
};

export const POLICY_FLAGS: Flags = {
  policy: {
    kind: 'values',
    argument: 'ID',
    description: 'Only these policies: ids, globs, or what other scanners call them (CKV_AWS_21); repeatable',
  },
  'skip-policy': { kind: 'values', argument: 'ID', description: 'Not these policies; repeatable' },
  'policy-dir': { kind: 'values', argument: 'DIR', description: 'Policies of your own; repeatable' },
  set: {
    kind: 'values',
    argument: 'NAME',
    description: 'Only the policies of this set (default: default); repeatable',
  },
  framework: {
    kind: 'values',
    argument: 'NAME',
    description: 'Only the policies of this framework; repeatable',
    aliases: ['compliance'],
  },
};

/** Of commands that print for people or for programs. */
export const FORMAT_FLAGS: Flags = {
  format: {
    kind: 'value',
    argument: 'FORMAT',
    short: 'f',
    description: 'What is printed',
    choices: ['text', 'json'],
  },
};

export const OUTPUT_FLAGS: Flags = {
  color: { kind: 'value', argument: 'WHEN', description: 'Colour', choices: ['auto', 'always', 'never'] },
  quiet: { kind: 'switch', short: 'q', description: 'Findings and errors, nothing else' },
};

export const SEVERITY_CHOICES: readonly string[] = SEVERITIES;
