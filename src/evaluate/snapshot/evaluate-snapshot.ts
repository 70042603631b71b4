import type { Evaluation } from '../../model/evaluation.js';
import type { AccountExtent, RawResource } from '../../model/raw-resource.js';
import type { SnapshotFeeds, SnapshotVersions } from '../../model/snapshot.js';
import type { CloudFormationSchemas } from '../../schemas/cloudformation-schema.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import { decodeUtf8 } from '../../source/decode-utf8.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import type { FileSystem } from '../../source/file-system.js';
import { joinPath } from '../../source/paths.js';
import type { SourceFile } from '../../source/source-file.js';
import { addressOf, ResourceBuilder, scopeAddress } from './build-resource.js';
import { indexLedger } from './coverage.js';
import { describeGaps } from './describe-gaps.js';
import { type DamagedScope, type ExtentInput, findOpenExtents, rangeOf, toExtents } from './extents.js';
import { type LedgerEntry, readLedger } from './ledger.js';
import { kindOfHeader, type ReadHeader, readHeader } from './read-header.js';
import { readLines } from './read-lines.js';
import { type ReadRecord, readRecord } from './read-record.js';
import { type ReadUsage, readUsage, usageKey } from './read-usage.js';
import { SnapshotFiles } from './snapshot-files.js';
import { type RecordReading, recordReadings } from './upgrade.js';

/** The header's name in the folder of a snapshot. */
const HEADER_FILE = 'snapshot.json';
const LEDGER_FILE = 'ledger.ndjson';

export interface SnapshotInput {
  readonly fileSystem: FileSystem;
  readonly folder: string;
  readonly feeds: SnapshotFeeds;
  /** Versions of the projections that this release reads; absent: whatever the header says. */
  readonly versions?: SnapshotVersions | undefined;
  readonly cloudFormation: CloudFormationSchemas;
  readonly terraform: ProviderSchemas;
  /** The root of an account; another snapshot of it may be read as well. */
  rootOf(account: string): string;
}

export interface SnapshotResult extends Evaluation {
  readonly extents: readonly AccountExtent[];
  /** One an account. */
  readonly accounts: readonly { readonly root: string; readonly files: readonly string[] }[];
}

/** What a folder holds: a snapshot; no snapshot, though its header is ours; something that a newer version has made. */
export type SnapshotReading = { readonly result: SnapshotResult } | { readonly unknownKind: string };

/** Reads the snapshot in a folder. Nothing in it is believed that its header does not cover. */
export function evaluateSnapshot(input: SnapshotInput): SnapshotReading {
  const { fileSystem, folder } = input;
  const path = joinPath(folder, HEADER_FILE);
  const read = fileSystem.readFile(path);
  if (!read.ok) {
    const isMissing = read.failure === 'missing';
    const message = isMissing
      ? `The snapshot "${folder}" is unfinished: finish it with --resume.`
      : `"${path}" cannot be read (${read.failure}).`;
    return nothing({
      code: isMissing ? 'snapshot-unfinished' : 'file-unreadable',
      message,
      path: isMissing ? folder : path,
    });
  }
  const text = decodeUtf8(read.value);
  if (text === undefined)
    return nothing({ code: 'file-not-utf8', message: `"${path}" is not UTF-8; it is not read.`, path });
  const source = { path, text };
  const kind = kindOfHeader(source);
  if (kind !== undefined && kind !== 'trueline-snapshot') return { unknownKind: kind };
  const header = readHeader(source);
  if ('diagnostics' in header) return nothing(...header.diagnostics);
  return { result: new SnapshotEvaluator(input, header.header).evaluate() };
}

function nothing(...diagnostics: readonly Diagnostic[]): SnapshotReading {
  const secrets = { texts: [], ranges: [] };
  return {
    result: {
      resources: [],
      unreadModules: [],
      comments: [],
      diagnostics,
      files: [],
      secrets,
      extents: [],
      accounts: [],
    },
  };
}

class SnapshotEvaluator {
  readonly #files: SnapshotFiles;
  readonly #diagnostics: Diagnostic[];
  readonly #sources: SourceFile[] = [];
  readonly #damaged: DamagedScope[] = [];
  readonly #gaps: LedgerEntry[] = [];
  readonly #resources = new Map<string, RawResource>();
  /** Of types that were not collected as this release does it. */
  readonly #readings: ReadonlyMap<string, RecordReading>;

  constructor(
    private readonly input: SnapshotInput,
    private readonly header: ReadHeader,
  ) {
    this.#files = new SnapshotFiles(input.fileSystem, input.folder, header.files);
    this.#diagnostics = this.#files.diagnostics;
    this.#sources.push(header.source);
    const { versions } = input;
    this.#readings = versions === undefined ? new Map() : recordReadings(header.collectors, versions);
  }

  evaluate(): SnapshotResult {
    const { header, input } = this;
    const ledger = this.#readLedger();
    const index = indexLedger(ledger, input.feeds);
    const builder = new ResourceBuilder({ ...input, index, partition: header.partition, rootOf: input.rootOf });
    for (const name of this.#filesLike(RECORDS)) this.#readRecords(name, builder);
    this.#reportStrayUsage();
    this.#addScopes(builder);
    const unread = new Set([...this.#readings].flatMap(([type, reading]) => (reading === undefined ? [type] : [])));
    const later = new Set([...(input.versions?.keys() ?? [])].filter((type) => !header.collectors.has(type)));
    const of: ExtentInput = { header, index, damaged: this.#damaged, unread, later, rootOf: input.rootOf };
    const open = findOpenExtents(of);
    this.#diagnostics.push(
      ...this.#describeUnread(),
      ...describeGaps([...ledger, ...this.#gaps], open, header.source.path),
    );
    return {
      resources: [...this.#resources.values()],
      unreadModules: [],
      comments: [],
      diagnostics: this.#diagnostics,
      files: this.#sources,
      secrets: { texts: [], ranges: [] },
      extents: toExtents(open, of),
      accounts: header.accounts.map(({ name }) => ({ root: input.rootOf(name), files: this.#filesOf(name) })),
    };
  }

  /** A ledger that was changed proves nothing. */
  #readLedger(): LedgerEntry[] {
    const file = this.#files.read(LEDGER_FILE);
    if (file === undefined) return [];
    this.#sources.push(file.source);
    const ledger = readLedger(file.source, this.#diagnostics);
    return file.isWhole ? ledger : [];
  }

  /** Those of the header, and others that lie there: they were put there by hand. */
  #filesLike({ folder: of, pattern }: FilesOf): string[] {
    const { fileSystem, folder } = this.input;
    const names = new Set(Object.keys(this.header.files).filter((name) => pattern.test(name)));
    const accounts = fileSystem.readDirectory(joinPath(folder, of));
    for (const account of accounts.ok ? accounts.value : []) {
      const listing = fileSystem.readDirectory(joinPath(folder, of, account.name));
      for (const { name } of listing.ok ? listing.value : []) {
        const path = `${of}/${account.name}/${name}`;
        if (pattern.test(path)) names.add(path);
      }
    }
    return [...names].sort();
  }

  #readRecords(name: string, builder: ResourceBuilder): void {
    const [, account = '', region = ''] = RECORDS.pattern.exec(name) ?? [];
    const usage = this.#readUsage({ account, region });
    const file = this.#files.read(name);
    const path = joinPath(this.input.folder, name);
    if (file?.isWhole !== true) this.#damaged.push({ account, region, path });
    if (file === undefined) return;
    this.#sources.push(file.source);
    const before = this.#diagnostics.length;
    for (const line of readLines(file.source, this.#diagnostics)) {
      const record = readRecord(line);
      const message = this.#addRecord(record, { account, usage }, builder);
      if (message !== undefined) this.#diagnostics.push({ code: 'snapshot-invalid', message, range: line.range });
    }
    if (this.#diagnostics.length > before && file.isWhole) this.#damaged.push({ account, region, path });
  }

  /** What is wrong with the record; undefined: nothing. */
  #addRecord(
    record: ReturnType<typeof readRecord>,
    { account, usage }: { readonly account: string; readonly usage: ReadonlyMap<string, ReadUsage> },
    builder: ResourceBuilder,
  ): string | undefined {
    if (record === undefined) return 'The line is no record of a resource; the others are read.';
    if (record.account !== account || !this.header.accounts.some(({ name }) => name === account))
      return `The record is of account "${record.account}", which is not the one of its file.`;
    const root = this.input.rootOf(account);
    const own = addressOf(record);
    const present = this.#resources.get(`${root}\0${own}`);
    // One ARN may name resources of several types: a bucket, and its policy.
    const address = present === undefined || present.type === record.type ? own : `${own}#${record.type}`;
    const key = `${root}\0${address}`;
    if (this.#resources.has(key)) return `"${own}" is in the snapshot twice; the first one is judged.`;
    const used = usage.get(usageKey(record));
    this.#gaps.push(...[...record.gaps, ...(used?.gaps ?? [])].map(({ entry }) => entry));
    this.#resources.set(key, builder.build(this.#read(record), address, used));
    return undefined;
  }

  /** By the records that they are of; of a file that was changed nothing. */
  #readUsage(place: { readonly account: string; readonly region: string }): ReadonlyMap<string, ReadUsage> {
    const found = new Map<string, ReadUsage>();
    const name = `${USAGE.folder}/${place.account}/${place.region}.ndjson`;
    const file = Object.hasOwn(this.header.files, name) ? this.#files.read(name) : undefined;
    if (file?.isWhole !== true) return found;
    this.#sources.push(file.source);
    for (const line of readLines(file.source, this.#diagnostics)) {
      const usage = readUsage(line, place);
      if (usage !== undefined && !found.has(usage[0])) found.set(...usage);
      else {
        const message = 'The line is none of usage, or its record has one: it is not read.';
        this.#diagnostics.push({ code: 'snapshot-invalid', message, range: line.range });
      }
    }
    return found;
  }

  /** What the header does not name is not read, and said. */
  #reportStrayUsage(): void {
    for (const name of this.#filesLike(USAGE)) if (!Object.hasOwn(this.header.files, name)) this.#files.read(name);
  }

  /** What an older release has written as this one does; what no way leads to stays as it is, under a type that nothing judges. */
  #read(record: ReadRecord): ReadRecord {
    if (!this.#readings.has(record.type)) return record;
    const reading = this.#readings.get(record.type);
    if (reading !== undefined) return { ...record, properties: reading(record.properties) };
    const version = this.header.collectors.get(record.type);
    return { ...record, type: `${record.type}@${version ?? 'other'}` };
  }

  #describeUnread(): Diagnostic[] {
    const { collectors, source } = this.header;
    return [...this.#readings].flatMap(([type, reading]): Diagnostic[] => {
      const version = collectors.get(type);
      if (reading !== undefined || version === undefined) return [];
      const message = `"${type}" was collected as version ${version}, which this release does not read: its resources are not judged.`;
      return [{ code: 'snapshot-newer', message, path: source.path }];
    });
  }

  #addScopes(builder: ResourceBuilder): void {
    for (const { name: account, regions } of this.header.accounts) {
      const looked = regions.filter(({ isEnabled, isSelected }) => isEnabled && isSelected);
      const range = rangeOf(this.header, account);
      for (const region of ['global', ...looked.map(({ name }) => name)]) {
        const key = `${this.input.rootOf(account)}\0${scopeAddress({ account, region })}`;
        if (!this.#resources.has(key)) this.#resources.set(key, builder.buildScope({ account, region, range }));
      }
    }
  }

  #filesOf(account: string): string[] {
    const { folder } = this.input;
    const isOther = (path: string) =>
      [RECORDS, USAGE].some(
        (of) =>
          path.startsWith(joinPath(folder, `${of.folder}/`)) &&
          !path.startsWith(`${joinPath(folder, of.folder, account)}/`),
      );
    return this.#sources.map(({ path }) => path).filter((path) => !isOther(path));
  }
}

/** Files of an account and region. */
interface FilesOf {
  readonly folder: string;
  readonly pattern: RegExp;
}

const RECORDS: FilesOf = { folder: 'resources', pattern: /^resources\/([^/]+)\/([^/]+)\.ndjson$/ };
const USAGE: FilesOf = { folder: 'usage', pattern: /^usage\/([^/]+)\/([^/]+)\.ndjson$/ };
