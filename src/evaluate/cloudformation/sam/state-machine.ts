import type { DataEntry, DataNode } from '../../../syntax/data/ast.js';
import { resolveAlias, scalarText } from '../expression/nodes.js';
import { expandStateMachineEvents } from './events.js';
import {
  copied,
  diagnose,
  generate,
  generateMain,
  knownText,
  managedPolicyArn,
  propagatedTags,
  tagsOf,
} from './expansion.js';
import { localDocument } from './local-document.js';
import type { Expansion, RolePolicies, SamResource } from './model.js';
import type { Draft } from './nodes.js';
import { build, entryOf, getAtt, intrinsicOf, mappingOf, nodeAt, placeOf, ref, sequenceOf } from './nodes.js';
import { readPolicies } from './policies.js';
import { generateRole, type RoleChoice } from './role.js';
import { s3Location } from './s3-location.js';

/** `AWS::Serverless::StateMachine`: the state machine, its role, its alias, and what its events become. */
export function expandStateMachine(expansion: Expansion, owner: SamResource): void {
  const { properties, id } = owner;
  const role = roleOf(owner);
  const tags = tagsOf(expansion, owner, 'stateMachine:createdBy');
  const tracing = entryOf(properties, 'Tracing');
  const policies: RolePolicies = { managed: [], inline: [] };
  if (!role.isGenerated) reportIgnoredPolicies(expansion, owner);
  else {
    const isTraced = scalarText(nodeAt(mappingOf(tracing?.value), 'Enabled')) === 'true';
    if (tracing !== undefined && isTraced)
      policies.managed.push(build(placeOf(tracing), managedPolicyArn(expansion, 'AWSXrayWriteOnlyAccess')));
    readPolicies(expansion, owner, role.id, policies);
  }
  generateMain(expansion, owner, 'AWS::StepFunctions::StateMachine', {
    ...definitionOf(expansion, owner),
    ...copied(properties, ['EncryptionConfiguration']),
    LoggingConfiguration: properties.entries.get('Logging'),
    RoleArn: role.value,
    StateMachineName: properties.entries.get('Name'),
    StateMachineType: properties.entries.get('Type'),
    Tags: tags,
    TracingConfiguration: tracing,
  });
  const aliasId = expandAlias(expansion, owner);
  const usesAlias = scalarText(nodeAt(properties, 'UseAliasAsEventTarget')) === 'true' && aliasId !== undefined;
  const target = usesAlias ? aliasId : id;
  expandStateMachineEvents(expansion, owner, {
    kind: 'state-machine',
    id: target,
    arn: ref(target),
    propagatedTags: propagatedTags(owner),
  });
  generateRole(expansion, owner, { role, service: 'states.amazonaws.com', policies, tags });
}

/** Here every role that is written is the role, also one that may be no value. */
function roleOf(owner: SamResource): RoleChoice {
  const id = `${owner.id}Role`;
  const written = entryOf(owner.properties, 'Role');
  return { id, value: written ?? getAtt(id, 'Arn'), isGenerated: written === undefined };
}

function reportIgnoredPolicies(expansion: Expansion, owner: SamResource): void {
  const entry = entryOf(owner.properties, 'Policies');
  if (entry === undefined) return;
  const message = `"Policies" of "${owner.id}" have no effect, because it has a "Role".`;
  diagnose(expansion, 'sam-policies-ignored', placeOf(entry), message);
}

/** The definition from a bucket, or the written one as the text that the service makes of it. */
function definitionOf(expansion: Expansion, owner: SamResource): Record<string, Draft | undefined> {
  const { properties } = owner;
  const uri = entryOf(properties, 'DefinitionUri');
  const local = uri && localDocument(expansion, uri.value);
  const written = entryOf(properties, 'Definition') ?? (uri && local && { ...uri, value: local });
  const substitutions = entryOf(properties, 'DefinitionSubstitutions');
  if (written === undefined) {
    if (uri === undefined) {
      const message = `"${owner.id}" needs a "Definition" or a "DefinitionUri".`;
      diagnose(expansion, 'sam-invalid', owner.place, message);
      return { DefinitionSubstitutions: substitutions };
    }
    const location = s3Location(uri.value, { bucket: 'Bucket', key: 'Key', version: 'Version' });
    return { DefinitionS3Location: build(placeOf(uri), location), DefinitionSubstitutions: substitutions };
  }
  const replaced: Record<string, Draft> = {};
  const text = new DefinitionText(replaced).print(written.value, 0);
  const string = build(placeOf(written), { 'Fn::Join': ['\n', text.split('\n')] });
  const all = { ...Object.fromEntries(mappingOf(substitutions?.value)?.entries ?? []), ...replaced };
  const hasOwn = Object.keys(replaced).length > 0;
  return {
    DefinitionString: string,
    DefinitionSubstitutions: hasOwn ? build(placeOf(substitutions ?? written), all) : substitutions,
  };
}

/** Prints JSON with four spaces a level and its keys in order; intrinsic functions become substitutions. */
class DefinitionText {
  private readonly replaced: Record<string, Draft>;

  constructor(replaced: Record<string, Draft>) {
    this.replaced = replaced;
  }

  print(written: DataNode, depth: number): string {
    const node = resolveAlias(written);
    if (intrinsicOf(node) !== undefined) {
      const name = `definition_substitution_${Object.keys(this.replaced).length + 1}`;
      this.replaced[name] = node;
      return `"\${${name}}"`;
    }
    const mapping = mappingOf(node);
    if (mapping !== undefined) {
      const entries = [...mapping.entries].sort(([a], [b]) => (a < b ? -1 : 1));
      const lines = entries.map(([key, entry]) => `${JSON.stringify(key)}: ${this.print(entry.value, depth + 1)}`);
      return bracketed('{', '}', { lines, depth });
    }
    const sequence = sequenceOf(node);
    if (sequence !== undefined) {
      const lines = sequence.items.map((item) => this.print(item, depth + 1));
      return bracketed('[', ']', { lines, depth });
    }
    if (node.kind === 'number') return node.text;
    if (node.kind === 'bool') return String(node.value);
    return node.kind === 'string' ? JSON.stringify(node.value) : 'null';
  }
}

function bracketed(
  open: string,
  close: string,
  { lines, depth }: { readonly lines: string[]; readonly depth: number },
) {
  if (lines.length === 0) return open + close;
  const indent = '    '.repeat(depth);
  return `${open}\n${lines.map((line) => `${indent}    ${line}`).join(',\n')}\n${indent}${close}`;
}

function expandAlias(expansion: Expansion, owner: SamResource): string | undefined {
  const { properties, id } = owner;
  const entry = entryOf(properties, 'AutoPublishAlias');
  if (entry === undefined) return undefined;
  const versionId = `${id}Version`;
  const aliasId = `${id}Alias${knownText(expansion, entry.value) ?? ''}`;
  generate(expansion, owner, {
    id: versionId,
    type: 'AWS::StepFunctions::StateMachineVersion',
    place: placeOf(entry),
    attributes: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
    properties: { StateMachineArn: ref(id), StateMachineRevisionId: getAtt(id, 'StateMachineRevisionId') },
  });
  generate(expansion, owner, {
    id: aliasId,
    type: 'AWS::StepFunctions::StateMachineAlias',
    place: placeOf(entry),
    properties: {
      Name: entry,
      DeploymentPreference: preference(entryOf(properties, 'DeploymentPreference'), versionId),
    },
  });
  return aliasId;
}

function preference(written: DataEntry | undefined, versionId: string): Draft {
  const settings = Object.fromEntries(mappingOf(written?.value)?.entries ?? []);
  const draft = { Type: 'ALL_AT_ONCE', ...settings, StateMachineVersionArn: ref(versionId) };
  return written === undefined ? draft : build(placeOf(written), draft);
}
