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

/**
 * SAFETY: how many resources one root module may have. What has more instances by itself is judged as one, which says as
 * much as a million.
 */
export const maxResources = 25_000;
/** SAFETY: how deep modules may call modules. */
export const maxModuleDepth = 64;
/** SAFETY: how many module instances one root module may have: twenty modules that each call the next twice are a million. */
export const maxModules = 20_000;

/** SAFETY: how much is reported of one place: a million rounds of a loop say no more than a few of them. */
const maxMessages = 20;

/** SAFETY: in steps, what an instance takes of room besides its values: references alone may make millions. */
export const instanceSteps = 16;

/** What all module instances of one root share while it is evaluated. */
export class World {
  readonly resources: RawResource[] = [];
  readonly unreadModules: UnreadModule[] = [];
  readonly modulesNotInstalled: { address: string; source: string; range: SourceRange }[] = [];
  readonly instantiatedFolders = new Set<string>();
  readonly uninstantiatedFolders = new Set<string>();
  /** Types of resources that a limit kept from being evaluated: there may be more of them than `resources` has. */
  readonly omittedTypes = new Set<string>();
  readonly #omittedFolders = new Set<string>();
  /** `moved` blocks of all modules: old address → new address. */
  readonly moved = new Map<string, string>();
  /** Values that are secret as a whole: of sensitive variables and outputs, arguments of `sensitive`. */
  readonly secrets: Value[] = [];
  readonly budget = new EvaluationBudget();
  modules = 0;
  /** Module instances that calls have made, collected or not. */
  calledModules = 0;
  #workspace: { readonly name: string | undefined } | undefined;
  readonly #reported: Map<string, Set<string>>;

  constructor(
    readonly root: string,
    readonly selection: RootSelection,
    readonly cache: ConfigurationCache,
    readonly schemas: ProviderSchemas,
    readonly environment: TerraformEnvironment,
    readonly diagnostics: Diagnostic[],
    reported: Map<string, Set<string>>,
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
    this.#visit(configuration, this.uninstantiatedFolders, () => undefined);
  }

  /** A module that a limit keeps from being evaluated, and those that it calls. */
  omit(configuration: ModuleConfiguration): void {
    this.#visit(configuration, this.#omittedFolders, ({ resources }) => {
      for (const { type } of resources) this.omittedTypes.add(type);
    });
  }

  /** Calls for the modules that the configuration leads to, itself included, whose folders were not visited before. */
  #visit(start: ModuleConfiguration, visited: Set<string>, each: (configuration: ModuleConfiguration) => void): void {
    const pending = [start];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (visited.has(next.folder)) continue;
      visited.add(next.folder);
      each(next);
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
    const place = `${code}\0${range?.file.path ?? path ?? ''}\0${range?.start ?? ''}`;
    const messages = this.#reported.get(place) ?? new Set();
    if (messages.has(message) || (range !== undefined && messages.size >= maxMessages)) return;
    this.#reported.set(place, messages.add(message));
    this.diagnostics.push(diagnostic);
  };
}
