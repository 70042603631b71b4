import type { Diagnostic, DiagnosticCode } from '../../../source/diagnostic.js';
import { suggest } from '../../../source/suggest.js';
import type { Attribute, Block, HclFile, Node } from '../../../syntax/hcl/ast.js';
import { toBody } from '../../../syntax/hcl/to-body.js';
import type {
  ConfigurationFile,
  Declaration,
  ModuleConfiguration,
  PlacedAttribute,
  PlacedBlock,
  ResourceDeclaration,
} from './declarations.js';
import { NO_BLOCKS, readBlock } from './read-body.js';

/** Labels of the blocks that a configuration file may have. */
const TOP_LEVEL_LABELS: ReadonlyMap<string, number> = new Map([
  ['terraform', 0],
  ['provider', 1],
  ['variable', 1],
  ['locals', 0],
  ['output', 1],
  ['module', 1],
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
  ['moved', 0],
  ['import', 0],
  ['removed', 0],
  ['check', 1],
  // Of Terraform 1.14 and OpenTofu.
  ['action', 2],
  ['list', 2],
  ['language', 0],
]);

/** Blocks that hold nothing to judge, nor what others refer to. */
const WITHOUT_RESOURCES = new Set(['moved', 'import', 'removed', 'check', 'action', 'list', 'language']);

const JUDGED_BLOCKS = [...TOP_LEVEL_LABELS.keys()].filter((type) => !WITHOUT_RESOURCES.has(type));

const TERRAFORM_LABELS: ReadonlyMap<string, number> = new Map([
  ['backend', 1],
  ['cloud', 0],
  ['required_providers', 0],
  ['provider_meta', 1],
]);

export interface ModuleFiles {
  readonly folder: string;
  readonly isExternal: boolean;
  /** Undefined for a file that could not be read. */
  readonly primary: readonly (HclFile | undefined)[];
  readonly overrides: readonly (HclFile | undefined)[];
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Puts the files of one folder together: every declaration by name, override files applied in their order. */
export function buildModule({ folder, isExternal, primary, overrides, report }: ModuleFiles): ModuleConfiguration {
  const builder = new ModuleBuilder(report);
  const files: ConfigurationFile[] = [];
  let isIncomplete = false;
  const add = (hcl: HclFile | undefined, isOverride: boolean): void => {
    if (hcl === undefined) {
      isIncomplete = true;
      return;
    }
    const { body, diagnostics } = toBody(hcl.body, (name) => TOP_LEVEL_LABELS.get(name), hcl.source);
    for (const diagnostic of diagnostics) report(diagnostic);
    if (body.isIncomplete === true) isIncomplete = true;
    files.push({ source: hcl.source, hcl, body });
    for (const attribute of body.attributes) builder.addStray(attribute, hcl.source);
    for (const block of body.blocks) builder.add({ block, file: hcl.source }, isOverride);
  };
  for (const file of primary) add(file, false);
  for (const file of overrides) add(file, true);
  const built = builder.finish();
  return { folder, isExternal, files, ...built, isIncomplete: isIncomplete || built.isIncomplete };
}

type Mutable = { -readonly [K in keyof ResourceDeclaration]: ResourceDeclaration[K] } & { overrides: PlacedBlock[] };

class ModuleBuilder {
  private readonly variables = new Map<string, Declaration>();
  private readonly locals = new Map<string, PlacedAttribute>();
  private readonly outputs = new Map<string, Declaration>();
  private readonly calls = new Map<string, Declaration>();
  private readonly providers = new Map<string, Declaration>();
  private readonly resources: Mutable[] = [];
  private readonly resourceByAddress = new Map<string, Mutable>();
  private readonly moved: PlacedBlock[] = [];
  private hasBackend = false;
  private isIncomplete = false;

  constructor(private readonly report: (diagnostic: Diagnostic) => void) {}

  problem(file: PlacedBlock['file'], at: Node, code: DiagnosticCode, message: string): void {
    this.report({ code, message, range: { file, start: at.start, end: at.end } });
  }

  /** What is to be judged, and what others refer to, may have been in it. */
  private notRead(file: PlacedBlock['file'], at: Node, message: string): void {
    this.isIncomplete = true;
    this.problem(file, at, 'terraform-block-not-read', message);
  }

  /** In JSON syntax a block of a misspelt type looks like this. */
  addStray({ name, nameRange, expression }: Attribute, file: PlacedBlock['file']): void {
    const message = `"${name}" is no block: a configuration file holds blocks only.`;
    if (expression.kind === 'object' || expression.kind === 'tuple') this.notRead(file, nameRange, message);
    else this.problem(file, nameRange, 'terraform-invalid-block', message);
  }

  add(placed: PlacedBlock, isOverride: boolean): void {
    const { block, file } = placed;
    const labels = TOP_LEVEL_LABELS.get(block.type);
    if (labels === undefined) {
      const near = suggest(block.type, JUDGED_BLOCKS);
      this.notRead(file, block.typeRange, `"${block.type}" is not a block of Terraform's.${near}`);
      return;
    }
    if (block.labels.length !== labels) {
      const wanted = labels === 0 ? 'no label' : labels === 1 ? 'one label' : `${labels} labels`;
      const message = `A "${block.type}" block has ${wanted}, not ${block.labels.length}.`;
      if (block.labels.length < labels && !WITHOUT_RESOURCES.has(block.type)) {
        this.notRead(file, block.header, message);
        return;
      }
      this.problem(file, block.header, 'terraform-invalid-block', message);
    }
    this.declare(placed, isOverride);
  }

  private declare(placed: PlacedBlock, isOverride: boolean): void {
    const [first = '', second = ''] = placed.block.labels.map(({ value }) => value);
    switch (placed.block.type) {
      case 'variable':
        this.put(this.variables, first, `var.${first}`, placed, isOverride);
        return;
      case 'output':
        this.put(this.outputs, first, `output.${first}`, placed, isOverride);
        return;
      case 'module':
        this.put(this.calls, first, `module.${first}`, placed, isOverride);
        return;
      case 'provider':
        this.addProvider(first, placed, isOverride);
        return;
      case 'locals':
        this.addLocals(placed, isOverride);
        return;
      case 'resource':
        this.addResource('managed', first, second, placed, isOverride);
        return;
      case 'data':
        this.addResource('data', first, second, placed, isOverride);
        return;
      case 'ephemeral':
        this.addResource('ephemeral', first, second, placed, isOverride);
        return;
      case 'moved':
        this.moved.push(placed);
        return;
      case 'terraform':
        this.addTerraform(placed);
        return;
      default:
        return;
    }
  }

  private put(
    map: Map<string, Declaration>,
    key: string,
    address: string,
    placed: PlacedBlock,
    isOverride: boolean,
  ): void {
    const present = map.get(key);
    if (isOverride) {
      if (present !== undefined) map.set(key, { ...present, overrides: [...present.overrides, placed] });
      // A default provider configuration that is written nowhere is an empty one.
      else if (placed.block.type === 'provider' && !key.includes('.'))
        map.set(key, { ...placed, address, overrides: [] });
      else this.withoutBase(address, placed);
      return;
    }
    if (present !== undefined) {
      this.declaredTwice(address, placed);
      return;
    }
    map.set(key, { ...placed, address, overrides: [] });
  }

  private declaredTwice(address: string, placed: PlacedBlock): void {
    const message = `"${address}" is declared twice.`;
    this.problem(placed.file, placed.block.header, 'terraform-duplicate-declaration', message);
  }

  private withoutBase(address: string, placed: PlacedBlock): void {
    this.problem(
      placed.file,
      placed.block.header,
      'terraform-override-without-base',
      `There is no "${address}" that this could override.`,
    );
  }

  private addResource(
    mode: 'managed' | 'data' | 'ephemeral',
    type: string,
    name: string,
    placed: PlacedBlock,
    isOverride: boolean,
  ): void {
    const prefix = mode === 'managed' ? '' : `${mode}.`;
    const address = `${prefix}${type}.${name}`;
    const present = this.resourceByAddress.get(address);
    if (isOverride) {
      if (present === undefined) this.withoutBase(address, placed);
      else present.overrides = [...present.overrides, placed];
      return;
    }
    const declaration: Mutable = { ...placed, address, mode, type, name, overrides: [] };
    if (present !== undefined) {
      this.declaredTwice(address, placed);
    } else this.resourceByAddress.set(address, declaration);
    this.resources.push(declaration);
  }

  private addLocals(placed: PlacedBlock, isOverride: boolean): void {
    const { attributes } = readBlock(placed, NO_BLOCKS, this.report);
    for (const [name, attribute] of attributes) {
      const isPresent = this.locals.has(name);
      const range = attribute.attribute.nameRange;
      if (isOverride && !isPresent)
        this.problem(
          placed.file,
          range,
          'terraform-override-without-base',
          `There is no "local.${name}" that this could override.`,
        );
      else if (!isOverride && isPresent)
        this.problem(placed.file, range, 'terraform-duplicate-declaration', `"local.${name}" is declared twice.`);
      else this.locals.set(name, attribute);
    }
  }

  private addProvider(name: string, placed: PlacedBlock, isOverride: boolean): void {
    const { attributes } = readBlock(placed, NO_BLOCKS, () => undefined);
    const alias = aliasOf(attributes.get('alias'));
    const key = alias === undefined ? name : `${name}.${alias}`;
    this.put(this.providers, key, `provider.${key}`, placed, isOverride);
  }

  private addTerraform(placed: PlacedBlock): void {
    const { blocks } = readBlock(placed, (name) => TERRAFORM_LABELS.get(name), this.report);
    if (blocks.some(({ block }: { readonly block: Block }) => block.type === 'backend' || block.type === 'cloud'))
      this.hasBackend = true;
  }

  finish() {
    const { variables, locals, outputs, calls, providers, resources, resourceByAddress, moved } = this;
    const { hasBackend, isIncomplete } = this;
    return {
      variables,
      locals,
      outputs,
      calls,
      providers,
      resources,
      resourceByAddress,
      moved,
      hasBackend,
      isIncomplete,
    };
  }
}

/** A provider's alias is a plain string. */
function aliasOf(placed: PlacedAttribute | undefined): string | undefined {
  const expression = placed?.attribute.expression;
  if (expression?.kind !== 'template') return undefined;
  const [part] = expression.parts;
  return part?.kind === 'text' ? part.value : undefined;
}
