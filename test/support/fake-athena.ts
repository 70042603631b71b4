import type { Answer, Call } from '../../src/collect/aws/ask.js';
import type { SnapshotJson } from '../../src/model/snapshot.js';

export interface FakeAthenaOptions {
  /** What `glue:GetTable` answers of the table. */
  readonly table: { readonly [name: string]: SnapshotJson };
  readonly partitions?: readonly { readonly values: readonly string[]; readonly location: string }[];
  readonly workgroup?: { readonly [name: string]: SnapshotJson };
  /** Keys of objects → bytes. */
  readonly objects?: Readonly<Record<string, number>>;
  /** What the query says each time it is asked how it is; the last stays. */
  readonly states?: readonly string[];
  readonly reason?: string;
  readonly names?: readonly string[];
  readonly rows?: readonly (readonly string[])[];
  readonly denied?: readonly string[];
}

export interface FakeAthena {
  answer(call: Call): Answer | undefined;
  /** `athena:StartQueryExecution` … of what was called. */
  readonly calls: Call[];
  /** The query that was started. */
  query(): string | undefined;
}

const PAGE = { objects: 100, rows: 1000, partitions: 50 };

/** Athena, Glue and the listing of S3, one table and one query. */
export function fakeAthena(options: FakeAthenaOptions): FakeAthena {
  const calls: Call[] = [];
  let asked = 0;
  let query: string | undefined;
  const answers: Readonly<Record<string, (input: Call['input']) => SnapshotJson>> = {
    'athena:GetWorkGroup': ({ WorkGroup = '' }) => ({
      WorkGroup: {
        Name: WorkGroup,
        State: 'ENABLED',
        Configuration: { ResultConfiguration: { OutputLocation: 's3://results/' }, ...options.workgroup },
      },
    }),
    'athena:StartQueryExecution': ({ QueryString = '' }) => {
      query = String(QueryString);
      return { QueryExecutionId: 'q-1' };
    },
    'athena:GetQueryExecution': () => {
      const states = options.states ?? ['QUEUED', 'RUNNING', 'SUCCEEDED'];
      const State = states[Math.min(asked++, states.length - 1)] ?? 'SUCCEEDED';
      const reason = options.reason === undefined ? {} : { StateChangeReason: options.reason };
      return { QueryExecution: { Status: { State, ...reason }, Statistics: { DataScannedInBytes: 12_345 } } };
    },
    'athena:GetQueryResults': ({ NextToken = '0' }) => {
      const from = Number(NextToken);
      const all = [options.names ?? [], ...(options.rows ?? [])];
      const Rows = all.slice(from, from + PAGE.rows).map((row) => ({ Data: row.map(toCell) }));
      return { ResultSet: { Rows }, ...(from + PAGE.rows < all.length ? { NextToken: String(from + PAGE.rows) } : {}) };
    },
    'athena:StopQueryExecution': () => ({}),
    'glue:GetTable': () => ({ Table: options.table }),
    'glue:GetPartitions': ({ NextToken = '0' }) => {
      const from = Number(NextToken);
      const all = options.partitions ?? [];
      const Partitions = all
        .slice(from, from + PAGE.partitions)
        .map(({ values, location }) => ({ Values: values, StorageDescriptor: { Location: location } }));
      return {
        Partitions,
        ...(from + PAGE.partitions < all.length ? { NextToken: String(from + PAGE.partitions) } : {}),
      };
    },
    's3:GetBucketLocation': () => ({ LocationConstraint: 'eu-west-1' }),
    's3:ListObjectsV2': (input) => listObjects(options.objects ?? {}, input),
  };
  return {
    calls,
    query: () => query,
    answer: (call) => {
      const name = `${call.client}:${call.operation}`;
      const answer = answers[name];
      if (answer === undefined) return undefined;
      calls.push(call);
      if (options.denied?.includes(name) === true)
        return { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 400 };
      return { kind: 'answer', output: answer(call.input) };
    },
  };
}

function toCell(text: string): { readonly [name: string]: SnapshotJson } {
  return text === '' ? {} : { VarCharValue: text };
}

function listObjects(objects: Readonly<Record<string, number>>, input: Call['input']): SnapshotJson {
  const { Prefix = '', Delimiter, StartAfter = '', ContinuationToken } = input;
  const prefix = String(Prefix);
  const after = String(ContinuationToken ?? StartAfter);
  const keys = Object.keys(objects)
    .filter((key) => key.startsWith(prefix) && key > after)
    .sort();
  const folderOf = (key: string) => {
    const end = Delimiter === undefined ? -1 : key.indexOf('/', prefix.length);
    return end === -1 ? undefined : key.slice(0, end + 1);
  };
  const page = keys.slice(0, PAGE.objects);
  const contents = page.filter((key) => folderOf(key) === undefined);
  const folders = [...new Set(page.flatMap((key) => folderOf(key) ?? []))];
  const isCut = keys.length > page.length;
  return {
    Contents: contents.map((Key) => ({ Key, Size: objects[Key] ?? 0 })),
    CommonPrefixes: folders.map((folder) => ({ Prefix: folder })),
    IsTruncated: isCut,
    ...(isCut ? { NextContinuationToken: page.at(-1) ?? '' } : {}),
  };
}
