import type { SourceFile, SourceRange } from '../../../source/source-file.js';
import type { Attribute, Block, Body, HclFile } from '../../../syntax/hcl/ast.js';

/** A configuration file, parsed, with its body as attributes and blocks. */
export interface ConfigurationFile {
  readonly source: SourceFile;
  readonly hcl: HclFile;
  readonly body: Body;
}

/** An attribute with its file: after an override, attributes of one block are written in several. */
export interface PlacedAttribute {
  readonly attribute: Attribute;
  readonly file: SourceFile;
}

export interface PlacedBlock {
  readonly block: Block;
  readonly file: SourceFile;
}

/** Where a block's type and labels are written. */
export function headerOf({ file, block }: PlacedBlock): SourceRange {
  return { file, start: block.header.start, end: block.header.end };
}

/** A block that declares something, with the blocks of override files that change it, in the order in which they apply. */
export interface Declaration extends PlacedBlock {
  /** `aws_s3_bucket.b`, `data.aws_ami.base`, `var.x`: its name in its module. */
  readonly address: string;
  readonly overrides: readonly PlacedBlock[];
}

export interface ResourceDeclaration extends Declaration {
  readonly mode: 'managed' | 'data' | 'ephemeral';
  readonly type: string;
  readonly name: string;
}

/** One folder's configuration: every declaration by its name, overrides applied. */
export interface ModuleConfiguration {
  readonly folder: string;
  readonly isExternal: boolean;
  readonly files: readonly ConfigurationFile[];
  readonly variables: ReadonlyMap<string, Declaration>;
  readonly locals: ReadonlyMap<string, PlacedAttribute>;
  readonly outputs: ReadonlyMap<string, Declaration>;
  readonly calls: ReadonlyMap<string, Declaration>;
  /** In the order in which they are written; two with one address are both there. */
  readonly resources: readonly ResourceDeclaration[];
  /** Address → declaration; the first of several. */
  readonly resourceByAddress: ReadonlyMap<string, ResourceDeclaration>;
  /** `aws`, `aws.west`. */
  readonly providers: ReadonlyMap<string, Declaration>;
  readonly moved: readonly PlacedBlock[];
  /** The folder shows that it is deployed: a `backend` or `cloud` block. */
  readonly hasBackend: boolean;
  /** Some file could not be read or parsed whole: what it lacks may be there. */
  readonly isIncomplete: boolean;
}
