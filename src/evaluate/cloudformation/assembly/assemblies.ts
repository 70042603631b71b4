import type { ConstructPlace } from '../../../model/raw-resource.js';
import { entryOf, scalarText } from '../expression/nodes.js';
import type { ResourceDeclaration } from '../stack/resource-declaration.js';
import type { NestedTemplate } from '../templates/nested-template.js';
import type { TemplateFiles } from '../templates/template-files.js';
import { nestedScope, placeOfFrames } from './constructs.js';
import type { AssemblyStack } from './read-assembly.js';

/** What is known of the templates that belong to CDK assemblies. */
export class Assemblies {
  readonly #byTemplate = new Map<string, AssemblyStack>();

  constructor(
    readonly stacks: readonly AssemblyStack[],
    private readonly files: TemplateFiles,
  ) {
    for (const stack of stacks) this.#byTemplate.set(stack.template, stack);
  }

  /** The template of a stack that is nested in a template of an assembly; undefined where that is none of an assembly. */
  nested(template: string, declaration: ResourceDeclaration, end: () => string): NestedTemplate | undefined {
    const stack = this.#byTemplate.get(template);
    const found = stack?.nested(template, declaration, end());
    if (stack !== undefined && found?.kind === 'local') this.#byTemplate.set(found.path, stack);
    return found;
  }

  /** The construct of a resource; `scope` is the construct path of the nested stack that the template is for. */
  construct(
    template: string,
    { name, body }: ResourceDeclaration,
    scope: string | undefined,
  ): ConstructPlace | undefined {
    const stack = this.#byTemplate.get(template);
    const written = scalarText(entryOf(entryOf(body, 'Metadata'), 'aws:cdk:path'));
    const found = stack?.constructs().find(name, scope);
    const path = written ?? found?.path;
    if (path === undefined) return undefined;
    return { path, created: found === undefined ? undefined : placeOfFrames(found.frames, this.files) };
  }

  /** The construct path of a nested stack, by the resource that it is nested as. */
  scopeOf(template: string, declaration: ResourceDeclaration, scope: string | undefined): string | undefined {
    const construct = this.#byTemplate.has(template) ? this.construct(template, declaration, scope) : undefined;
    return construct === undefined ? undefined : nestedScope(construct.path);
  }
}
