import { suggest } from '../../../source/suggest.js';
import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { addResource, diagnose } from './expansion.js';
import { CONNECTOR_PAIRS, type ConnectorResource } from './generated/connector-pairs.js';
import type { Expansion } from './model.js';
import type { Draft, DraftMapping, Place } from './nodes.js';
import {
  build,
  choiceOf,
  entryOf,
  getAtt,
  intrinsicOf,
  invalid,
  itemsOf,
  mappingOf,
  nodeAt,
  placeOf,
  ref,
  sequenceOf,
  withEntries,
} from './nodes.js';
import { fillTemplate } from './template-value.js';

/** One connector, of its own or inside its source. */
interface Connector {
  readonly id: string;
  readonly place: Place;
  readonly written: DataMapping;
  readonly properties: DataMapping | undefined;
  readonly declaredIn: string;
  readonly source: DataMapping | undefined;
}

/** One end of a connector with what its statements need of it. */
interface End {
  readonly id: string | undefined;
  /** As it is written: `AWS::Serverless::Function`. */
  readonly type: string;
  /** The type of what it becomes. */
  readonly nativeType: string;
  readonly values: Readonly<Record<string, Draft | undefined>>;
}

/** Expands every connector into the policies and permissions that it stands for. */
export function expandConnectors(expansion: Expansion): void {
  for (const connector of connectorsOf(expansion)) {
    const written = entryOf(connector.properties, 'Destination');
    const list = sequenceOf(written?.value);
    const destinations = list === undefined ? [written?.value] : list.items;
    destinations.forEach((destination, index) => {
      const suffix = list === undefined ? '' : `Destination${index}`;
      expandOne(expansion, connector, { destination, suffix });
    });
  }
}

function* connectorsOf(expansion: Expansion): Generator<Connector> {
  for (const resource of expansion.resources.values()) {
    if (resource.type !== 'Connector') continue;
    const source = mappingOf(nodeAt(resource.properties, 'Source'));
    yield { ...resource, declaredIn: resource.id, source };
  }
  for (const [id, entry] of expansion.written) {
    const connectors = mappingOf(nodeAt(mappingOf(entry.value), 'Connectors'));
    for (const [name, connector] of connectors?.entries ?? []) {
      const written = mappingOf(connector.value);
      if (written === undefined) continue;
      const properties = mappingOf(nodeAt(written, 'Properties'));
      const reference = mappingOf(nodeAt(properties, 'SourceReference'));
      const place = placeOf(connector);
      const own = build(place, { ...Object.fromEntries(reference?.entries ?? []), Id: id });
      yield { id: id + name, place, written, properties, declaredIn: id, source: mappingOf(own) };
    }
  }
}

interface Wanted {
  readonly destination: DataNode | undefined;
  readonly suffix: string;
}

function expandOne(expansion: Expansion, connector: Connector, wanted: Wanted): void {
  const source = endOf(expansion, connector, connector.source);
  if (source === undefined) return;
  const destination = endOf(expansion, connector, mappingOf(wanted.destination));
  if (destination === undefined) return;
  const pair = CONNECTOR_PAIRS[`${source.nativeType} ${destination.nativeType}`];
  if (pair === undefined) {
    report(expansion, connector, `There is no connector from "${source.nativeType}" to "${destination.nativeType}".`);
    return;
  }
  const permissions = entryOf(connector.properties, 'Permissions');
  const asked = [...new Set(itemsOf(permissions?.value).map((item) => scalarText(item) ?? ''))].sort().join(',');
  const resource = Object.hasOwn(pair.permissions, asked) ? pair.permissions[asked] : undefined;
  if (resource === undefined) {
    const possible = Object.keys(pair.permissions).join('; ');
    const between = `from "${source.nativeType}" to "${destination.nativeType}"`;
    report(expansion, connector, `"Permissions" of "${connector.id}" ${between} must be ${possible}.`);
    return;
  }
  const place = permissions === undefined ? connector.place : placeOf(permissions);
  const id = `${connector.id}${resource.suffix}${wanted.suffix}`;
  generateConnected(expansion, connector, { id, place, resource, source, destination });
  if (pair.dependent !== undefined)
    addDependency(expansion, { connector, source, destination, id, of: pair.dependent });
}

interface Connected {
  readonly id: string;
  readonly place: Place;
  readonly resource: ConnectorResource;
  readonly source: End;
  readonly destination: End;
}

function generateConnected(expansion: Expansion, connector: Connector, connected: Connected): void {
  const { id, place, resource, source, destination } = connected;
  const argumentOf = (mark: string): Draft => {
    const isSource = mark.startsWith('Source');
    const name = mark.slice(isSource ? 'Source'.length : 'Destination'.length);
    const value = (isSource ? source : destination).values[name];
    if (value !== undefined) return value;
    report(
      expansion,
      connector,
      `"${connector.id}" does not say the "${name}" of its ${isSource ? 'source' : 'destination'}.`,
    );
    return invalid(connector.place);
  };
  const properties: Record<string, Draft> = {};
  for (const [name, value] of Object.entries(resource.properties)) properties[name] = fillTemplate(value, argumentOf);
  const { entries } = connector.written;
  const ends = { Source: { Type: source.type }, Destination: { Type: destination.type } };
  const metadata = mappingOf(entries.get('Metadata')?.value) ?? mappingOf(build(connector.place, {}));
  const mark: DraftMapping = { 'aws:sam:connectors': { [connector.id]: ends } };
  addResource(expansion, connector.declaredIn, {
    id,
    type: resource.type,
    place,
    attributes: {
      Condition: entries.get('Condition'),
      DeletionPolicy: entries.get('DeletionPolicy'),
      DependsOn: entries.get('DependsOn'),
      UpdateReplacePolicy: entries.get('UpdateReplacePolicy'),
      Metadata: metadata && withEntries(metadata, connector.place, mark),
    },
    properties,
  });
}

const NATIVE_TYPES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Api': 'AWS::ApiGateway::RestApi',
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::GraphQLApi': 'AWS::AppSync::GraphQLApi',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Api',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::WebSocketApi': 'AWS::ApiGatewayV2::Api',
};

const ENDS = ['Arn', 'Name', 'Qualifier', 'QueueUrl', 'ResourceId', 'RoleName'] as const;

function endOf(expansion: Expansion, connector: Connector, written: DataMapping | undefined): End | undefined {
  const id = scalarText(nodeAt(written, 'Id'));
  if (id === undefined) {
    const type = scalarText(nodeAt(written, 'Type'));
    if (type === undefined || written === undefined) {
      report(
        expansion,
        connector,
        `"${connector.id}" needs a source and a destination with an "Id", or with a "Type".`,
      );
      return undefined;
    }
    const values = Object.fromEntries(ENDS.map((name) => [name, entryOf(written, name)]));
    const { Qualifier: qualifier } = values;
    return { id, type, nativeType: NATIVE_TYPES[type] ?? type, values: { ...values, Qualifier: qualifier ?? '*' } };
  }
  const type = scalarText(nodeAt(mappingOf(expansion.written.get(id)?.value), 'Type'));
  if (type === undefined) {
    const hint = suggest(id, expansion.written.keys());
    report(expansion, connector, `"${connector.id}" names a resource "${id}", which there is not.${hint}`);
    return undefined;
  }
  const nativeType = NATIVE_TYPES[type] ?? type;
  const values = {
    ...referencesTo(id, nativeType),
    RoleName: roleName(expansion, id),
    Qualifier: entryOf(written, 'Qualifier') ?? '*',
  };
  return { id, type, nativeType, values };
}

const ARN_BY_REF = new Set(['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine']);

function referencesTo(id: string, type: string): Record<string, Draft> {
  return {
    Arn: ARN_BY_REF.has(type) ? ref(id) : getAtt(id, 'Arn'),
    Name: getAtt(id, 'Name'),
    QueueUrl: ref(id),
    ResourceId: type === 'AWS::AppSync::GraphQLApi' ? getAtt(id, 'ApiId') : ref(id),
  };
}

/** The name of the role that a resource has, where its ARN is that of a role of this template. */
function roleName(expansion: Expansion, id: string): Draft | undefined {
  const resource = mappingOf((expansion.generated.get(id) ?? expansion.written.get(id))?.value);
  const properties = mappingOf(nodeAt(resource, 'Properties'));
  const [target] = itemsOf(nodeAt(properties, 'Targets'));
  const arns = [
    nodeAt(properties, 'Role'),
    nodeAt(properties, 'RoleArn'),
    nodeAt(properties, 'ServiceRoleArn'),
    nodeAt(mappingOf(target), 'RoleArn'),
  ];
  const arn = arns.find((node) => node !== undefined);
  return arn === undefined ? undefined : nameOfRole(arn);
}

function nameOfRole(arn: DataNode): Draft | undefined {
  const choice = choiceOf(arn);
  if (choice !== undefined) {
    const [yes, no] = [nameOfRole(choice.yes), nameOfRole(choice.no)];
    if (yes === undefined && no === undefined) return undefined;
    return { 'Fn::If': [choice.condition, yes ?? invalid(choice.yes), no ?? invalid(choice.no)] };
  }
  const intrinsic = intrinsicOf(arn);
  if (intrinsic?.name !== 'Fn::GetAtt') return undefined;
  const parts = sequenceOf(intrinsic.argument)?.items.map((item) => scalarText(item));
  const [id, attribute] = parts ?? (scalarText(intrinsic.argument) ?? '').split('.');
  return id !== undefined && attribute === 'Arn' ? ref(id) : undefined;
}

interface Dependency {
  readonly connector: Connector;
  readonly source: End;
  readonly destination: End;
  readonly id: string;
  readonly of: string;
}

/** What cannot work without the policy waits for it; a policy under a condition nobody can wait for. */
function addDependency(expansion: Expansion, dependency: Dependency): void {
  const { connector, source, destination, id } = dependency;
  if (connector.written.entries.has('Condition')) return;
  for (const resources of [expansion.generated, expansion.written]) {
    for (const [name, entry] of resources) {
      if (resources === expansion.written && expansion.generated.has(name)) continue;
      const isDependent =
        dependency.of === 'SOURCE' ? name === source.id : isMappingBetween(entry, source.id, destination.id);
      const resource = mappingOf(entry.value);
      if (!isDependent || resource === undefined) continue;
      const present = itemsOf(nodeAt(resource, 'DependsOn'));
      const depends = build(connector.place, [...present, build(connector.place, id)]);
      resources.set(name, { ...entry, value: withEntries(resource, connector.place, { DependsOn: depends }) });
    }
  }
}

function isMappingBetween(entry: DataEntry, source: string | undefined, destination: string | undefined): boolean {
  const resource = mappingOf(entry.value);
  if (scalarText(nodeAt(resource, 'Type')) !== 'AWS::Lambda::EventSourceMapping') return false;
  const properties = mappingOf(nodeAt(resource, 'Properties'));
  return (
    referencedId(nodeAt(properties, 'FunctionName')) === destination &&
    referencedId(nodeAt(properties, 'EventSourceArn')) === source
  );
}

function referencedId(node: DataNode | undefined): string | undefined {
  const intrinsic = intrinsicOf(node);
  if (intrinsic?.name === 'Ref') return scalarText(intrinsic.argument);
  if (intrinsic?.name !== 'Fn::GetAtt') return undefined;
  const [first] = sequenceOf(intrinsic.argument)?.items ?? [];
  return scalarText(first) ?? scalarText(intrinsic.argument)?.split('.')[0];
}

function report(expansion: Expansion, connector: Connector, message: string): void {
  diagnose(expansion, 'sam-invalid', connector.place, message);
}
