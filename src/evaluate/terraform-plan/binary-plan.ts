import { SecretNotes } from '../../model/secret-notes.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import { decodeUtf8 } from '../../source/decode-utf8.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import { folderOf } from '../../source/paths.js';
import type { SourceFile } from '../../source/source-file.js';
import { parseAddress } from './addresses.js';
import { buildResources } from './build-resources.js';
import { JsonOutline } from './json-outline.js';
import { JsonReading } from './json-reading.js';
import { type DecodedValue, decodeMessagePack } from './msgpack.js';
import type { PlanContext, PlannedResource } from './planned.js';
import { type Message, readMessage } from './protobuf.js';
import type { BinaryPlanFile, PlanResult } from './result.js';
import { noteDecoded } from './secrets.js';
import { type PathStep, toMask } from './sensitive-paths.js';
import { readSnapshot } from './snapshot.js';
import { providerKey, readInstances } from './state-file.js';
import { openZip, type ZipArchive } from './zip.js';

/** The version of the plan files of Terraform since 0.14, and OpenTofu. */
const PLAN_VERSION = 3;

/** Field numbers of `planfile.proto`, as far as they are read. */
const PLAN = {
  version: 1,
  variables: 2,
  changes: 3,
  outputs: 4,
  terraformVersion: 14,
  backend: 13,
  drift: 18,
  errored: 20,
  complete: 26,
  deferred: 27,
};
const CHANGE = { deposed: 7, provider: 8, change: 9, address: 13 };
const ACTION = { action: 1, values: 2, beforeSensitive: 3, afterSensitive: 4 };
const OUTPUT = { change: 2, sensitive: 3 };
/** Actions after which nothing is there, or nothing that Terraform manages. */
const GONE: ReadonlySet<number> = new Set([5, 8]);
/** Actions with one value: nothing was before, nothing will be, or nothing changes. */
const CREATE = 1;

/** A plan file as `terraform plan -out` writes it: what is planned, and the configuration that was planned. */
export function readBinaryPlan(input: {
  readonly source: BinaryPlanFile;
  readonly schemas: ProviderSchemas;
  readonly root?: string | undefined;
}): PlanResult {
  const { source, schemas } = input;
  const reading = new BinaryReading(source.path, schemas, input.root);
  const archive = openZip(source.bytes);
  const content = archive?.read('tfplan');
  const plan = content === undefined ? undefined : readMessage(content);
  if (archive === undefined || plan === undefined) {
    reading.report(`"${source.path}" cannot be read as a plan: it is damaged, or was cut off.`);
    return reading.result(undefined);
  }
  const version = plan.number(PLAN.version);
  if (version !== PLAN_VERSION) {
    reading.report(`The plan "${source.path}" has the version ${version}; this release reads version ${PLAN_VERSION}.`);
    return reading.result(undefined);
  }
  return reading.read(archive, plan);
}

class BinaryReading implements PlanContext {
  readonly kind = 'terraform-binary-plan';
  readonly hasPlaces = false;
  readonly wrapsDynamic = false;
  readonly secrets = new SecretNotes();
  readonly #unknowns = new Map<string, unknown>();
  readonly written = new Map<string, unknown>();
  readonly diagnostics: Diagnostic[] = [];
  readonly source: SourceFile;
  readonly root: string;

  constructor(
    readonly path: string,
    readonly schemas: ProviderSchemas,
    root: string | undefined,
  ) {
    // Nothing of it can be quoted.
    this.source = { path, text: '' };
    this.root = root ?? (folderOf(path) || '.');
  }

  report(message: string): void {
    this.diagnostics.push({ code: 'plan-invalid', message, path: this.path });
  }

  reportBroken(): void {
    this.report(`A change of the plan "${this.path}" cannot be read; the others are.`);
  }

  read(archive: ZipArchive, plan: Message): PlanResult {
    if (plan.number(PLAN.errored) === 1)
      this.report(`The plan "${this.path}" is of a run that failed: what is not in it is not judged.`);
    else if (plan.messages(PLAN.deferred).length > 0)
      this.report(
        `The plan "${this.path}" is incomplete (changes that wait for others): what is not in it is not judged.`,
      );
    const planned = plan.messages(PLAN.changes).flatMap((change) => this.#change(change) ?? []);
    for (const drifted of plan.messages(PLAN.drift)) this.#change(drifted);
    for (const output of plan.messages(PLAN.outputs)) this.#noteOutput(output);
    const data = this.#dataSources(archive);
    const resources = buildResources(this, [...data, ...planned]);
    const snapshot = readSnapshot(archive, this.path, plan.messages(PLAN.variables), {
      workspace: plan.messages(PLAN.backend)[0]?.text(3),
    });
    if (snapshot === undefined)
      this.report(`The plan "${this.path}" holds no configuration that can be read: what it refers to is not known.`);
    return { ...this.result(plan.text(PLAN.terraformVersion)), resources, snapshot };
  }

  result(terraformVersion: string | undefined): PlanResult {
    const { kind, root, diagnostics, written } = this;
    return {
      kind,
      root,
      terraformVersion,
      resources: [],
      unreadModules: [],
      comments: [],
      diagnostics,
      files: [],
      secrets: this.secrets.secrets(),
      unknownOf: (address) => this.#unknowns.get(address),
      written,
    };
  }

  /** Undefined for what is not there after the run. */
  #change(message: Message): PlannedResource | undefined {
    const identity = parseAddress(message.text(CHANGE.address));
    const [change] = message.messages(CHANGE.change);
    const values = change?.messages(ACTION.values).map(decoded) ?? [];
    if (identity === undefined || change === undefined || values.length === 0) {
      this.reportBroken();
      return undefined;
    }
    const action = change.number(ACTION.action);
    const before = action === CREATE ? undefined : values[0];
    const schema =
      identity.mode === 'data' ? this.schemas.dataSource(identity.type) : this.schemas.resource(identity.type);
    if (before !== undefined)
      noteDecoded(before.node, toMask(pathsIn(change.messages(ACTION.beforeSensitive))), schema, this.secrets);
    if (GONE.has(action) || message.text(CHANGE.deposed) !== '') return undefined;
    const after = values.at(-1);
    if (after === undefined) {
      this.report(`The values of "${identity.address}" in the plan "${this.path}" cannot be read.`);
      return undefined;
    }
    const sensitive = toMask(pathsIn(change.messages(ACTION.afterSensitive)));
    if (after.unknown !== undefined) this.#unknowns.set(identity.address, after.unknown);
    return {
      ...identity,
      range: { start: 0, end: 0 },
      read: () => ({ node: after.node, unknown: after.unknown, sensitive }),
      providerKey: providerKey(message.text(CHANGE.provider)),
    };
  }

  #noteOutput(output: Message): void {
    if (output.number(OUTPUT.sensitive) === 0) return;
    for (const value of output.messages(OUTPUT.change)[0]?.messages(ACTION.values) ?? []) {
      const found = decoded(value);
      if (found !== undefined) noteDecoded(found.node, true, undefined, this.secrets);
    }
  }

  /** Data sources that were read before the plan was made; of what there was, the secrets. */
  #dataSources(archive: ZipArchive): PlannedResource[] {
    const bytes = archive.read('tfstate');
    if (bytes === undefined) return [];
    const text = decodeUtf8(bytes);
    const source: SourceFile = { path: `${this.path}/tfstate`, text: text ?? '' };
    const outline = new JsonOutline(source.text);
    const members = outline.members(0);
    if (members === undefined) {
      this.report(`The state in the plan "${this.path}" cannot be read: what data sources gave is not known.`);
      return [];
    }
    const { schemas, root } = this;
    const reading = new JsonReading({
      source,
      schemas,
      root,
      kind: 'terraform-state',
      isStateFile: true,
      outline,
      members,
    });
    const all = readInstances(reading, () => true);
    for (const { type, mode, read } of all) {
      const schema = mode === 'data' ? schemas.dataSource(type) : schemas.resource(type);
      const { node, sensitive } = read() ?? {};
      if (node !== undefined) noteDecoded(node, sensitive, schema, this.secrets);
    }
    this.secrets.add(reading.secrets.secrets());
    this.diagnostics.push(
      ...reading.diagnostics.map(({ message }): Diagnostic => ({ code: 'plan-invalid', message, path: this.path })),
    );
    return all.filter(({ mode }) => mode === 'data').map((resource) => ({ ...resource, range: { start: 0, end: 0 } }));
  }
}

/** A `DynamicValue`: MessagePack in its first field. */
function decoded(value: Message): DecodedValue | undefined {
  const bytes = value.bytes(1);
  return bytes === undefined ? undefined : decodeMessagePack(bytes);
}

/** `Path`s: steps that are an attribute's name or the key of an element. */
function pathsIn(paths: readonly Message[]): PathStep[][] {
  return paths.map((path) =>
    path.messages(1).flatMap((step): PathStep[] => {
      const name = step.text(1);
      if (name !== '') return [name];
      const key = step.messages(2)[0];
      const node = key === undefined ? undefined : decoded(key)?.node;
      if (node?.kind === 'string') return [node.value];
      return node?.kind === 'number' ? [Number(node.text)] : [];
    }),
  );
}
