import type { RawResource, UnreadModule } from '../../../model/raw-resource.js';
import type { Value } from '../../../model/value.js';
import type { ProviderSchemas } from '../../../schemas/schema.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import { joinPath } from '../../../source/paths.js';
import type { SourceRange } from '../../../source/source-file.js';
import type { ConfigurationCache } from '../configuration/configuration-cache.js';
import type { Declaration, ModuleConfiguration } from '../configuration/declarations.js';
import { localTargets } from '../configuration/module-source.js';
import type { PlacedBody } from '../configuration/read-body.js';
import { EvaluationBudget } from '../expression/context.js';
import type { RootSelection, TerraformEnvironment } from '../result.js';

/** SAFETY: how many instances one resource or module call may have; one of a million says nothing that these do not. */
export const maxInstances = 50_000;
/** SAFETY: how many resources one root module may have. */
export const maxResources = 100_000;
/** SAFETY: how deep modules may call modules. */
export const maxModuleDepth = 64;
/** SAFETY: how many module instances one root module may have: twenty modules that each call the next twice are a million. */
export const maxModules = 20_000;

/** What all module instances of one root share while it is evaluated. */
export class World {
  readonly resources: RawResource[] = [];
  readonly unreadModules: UnreadModule[] = [];
  readonly modulesNotInstalled: { address: string; source: string; range: SourceRange }[] = [];
  readonly instantiatedFolders = new Set<string>();
  readonly uninstantiatedFolders = new Set<string>();
  /** `moved` blocks of all modules: old address → new address. */
  readonly moved = new Map<string, string>();
  /** Values that are secret as a whole: of sensitive variables and outputs, arguments of `sensitive`. */
  readonly secrets: Value[] = [];
  readonly budget = new EvaluationBudget();
  modules = 0;
  /** Module instances that calls have made, collected or not. */
  calledModules = 0;
  #workspace: { readonly name: string | undefined } | undefined;
  readonly #reported: Set<string>;

  constructor(
    readonly root: string,
    readonly selection: RootSelection,
    readonly cache: ConfigurationCache,
    readonly schemas: ProviderSchemas,
    readonly environment: TerraformEnvironment,
    readonly diagnostics: Diagnostic[],
    reported: Set<string>,
  ) {
    this.#reported = reported;
  }

  /** A declaration's content, read once for all roots and instances of its module. */
  bodyOf(declaration: Declaration, read: () => PlacedBody): PlacedBody {
    const { bodies } = this.cache;
    let body = bodies.get(declaration);
    if (body === undefined) {
      body = read();
      bodies.set(declaration, body);
    }
    return body;
  }

  /** A module without an instance, and those that only it calls. */
  noteUninstantiated(configuration: ModuleConfiguration): void {
    const pending = [configuration];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (this.uninstantiatedFolders.has(next.folder)) continue;
      this.uninstantiatedFolders.add(next.folder);
      pending.push(...localTargets(next).flatMap((folder) => this.cache.module(folder) ?? []));
    }
  }

  /** The workspace that `terraform workspace select` noted in the data folder. */
  readonly workspaceOfFolder = (): string | undefined => {
    this.#workspace ??= { name: this.#readWorkspace() };
    return this.#workspace.name;
  };

  #readWorkspace(): string | undefined {
    const read = this.cache.fileSystem.readFile(
      joinPath(this.selection.folder, this.environment.dataFolder ?? '.terraform', 'environment'),
    );
    if (!read.ok) return undefined;
    const name = new TextDecoder().decode(read.value).trim();
    return name === '' ? undefined : name;
  }

  readonly #limits = new Set<string>();

  /** Reports that a limit of the root is reached, where that is met first. */
  reportOnce(limit: string, diagnostic: Diagnostic): void {
    if (this.#limits.has(limit)) return;
    this.#limits.add(limit);
    this.report(diagnostic);
  }

  /** Reports once: instances of a module, and roots that share one, meet the same mistake at the same place. */
  readonly report = (diagnostic: Diagnostic): void => {
    const { code, message, range, path } = diagnostic;
    const key = `${code}\0${range?.file.path ?? path ?? ''}\0${range?.start ?? ''}\0${message}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.diagnostics.push(diagnostic);
  };
}
