import type { Origin } from '../../../model/value.js';
import { folderOf, joinPath } from '../../../source/paths.js';
import type { DataEntry, DataMapping } from '../../../syntax/data/ast.js';
import type { Place, Scope } from '../expression/context.js';
import { expandSam } from '../sam/expand-sam.js';
import { expandLoops, LoopNotes } from '../templates/for-each.js';
import { type Section, sectionOf, type Template } from '../templates/template.js';
import type { TemplateFiles } from '../templates/template-files.js';
import { isScalar, type Term, textOf } from '../terms/term.js';

const LOOP = 'Fn::ForEach::';

/** A template as the transforms that Trueline knows leave it. It is expanded when that is first asked for. */
export class ExpandedTemplate {
  readonly notes = new LoopNotes();
  readonly declaredIn = new Map<string, string>();
  #root: DataMapping | undefined;
  #isExpanding = false;

  constructor(
    private readonly template: Template,
    private readonly scope: () => Scope,
    private readonly files: TemplateFiles,
  ) {}

  /** Parameters, maps and rules are as they are written; other sections are empty while they are being expanded. */
  section(section: Section): ReadonlyMap<string, DataEntry> {
    if (section === 'Parameters' || section === 'Mappings' || section === 'Rules') {
      return sectionOf(this.template.root, section);
    }
    if (this.#isExpanding) return NOTHING;
    if (this.#root === undefined) {
      this.#isExpanding = true;
      this.#root = this.#expand();
      this.#isExpanding = false;
    }
    return sectionOf(this.#root, section);
  }

  /** What stands for an element of a loop that is not known. */
  loopValue(name: string): Term | undefined {
    return this.notes.values.get(name);
  }

  loopOrigin(node: Place): Origin | undefined {
    return this.notes.origins.get(node);
  }

  #expand(): DataMapping {
    const { root, transforms } = this.template;
    const looped = this.#withoutLoops(root);
    return transforms.includes('AWS::Serverless-2016-10-31') ? this.#withoutSam(looped) : looped;
  }

  #withoutLoops(root: DataMapping): DataMapping {
    const { source, transforms } = this.template;
    if (!source.text.includes(LOOP)) return root;
    if (transforms.includes('AWS::LanguageExtensions')) return expandLoops(root, this.scope(), this.notes);
    this.#reportLoops(root);
    return root;
  }

  #withoutSam(root: DataMapping): DataMapping {
    const scope = this.scope();
    const parameters = new Map<string, string>();
    for (const name of this.section('Parameters').keys()) {
      const value = scope.context.parameter(name, scope);
      const text = value !== undefined && isScalar(value) ? textOf(value) : undefined;
      if (text !== undefined) parameters.set(name, text);
    }
    const partition = scope.context.parameter('AWS::Partition', scope);
    const expansion = expandSam(root, {
      source: this.template.source,
      parameters,
      partition: partition?.kind === 'string' ? partition.value : undefined,
      readDocument: (path) => this.files.document(joinPath(folderOf(this.template.source.path), path)),
    });
    for (const [id, owner] of expansion.declaredIn) this.declaredIn.set(id, owner);
    for (const { code, message, range } of expansion.diagnostics)
      if (range !== undefined) scope.report(code, message, range);
    return expansion.template;
  }

  #reportLoops(root: DataMapping): void {
    for (const section of ['Conditions', 'Resources', 'Outputs'] as const) {
      for (const { key, keyStart, keyEnd } of sectionOf(root, section).values()) {
        if (!key.startsWith(LOOP)) continue;
        const message = `"${key}" needs "Transform: AWS::LanguageExtensions"; what it makes is not read.`;
        this.scope().report('cfn-invalid-intrinsic', message, { start: keyStart, end: keyEnd });
      }
    }
  }
}

const NOTHING: ReadonlyMap<string, DataEntry> = new Map();
