import type { Origin } from '../../../model/value.js';
import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import type { Scope } from '../expression/context.js';
import { expandLoops, LoopNotes } from '../templates/for-each.js';
import { type Section, sectionOf, type Template } from '../templates/template.js';
import type { Term } from '../terms/term.js';

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

  loopOrigin(node: DataNode): Origin | undefined {
    return this.notes.origins.get(node);
  }

  #expand(): DataMapping {
    const { root, source, transforms } = this.template;
    if (!source.text.includes(LOOP)) return root;
    if (transforms.includes('AWS::LanguageExtensions')) return expandLoops(root, this.scope(), this.notes);
    this.#reportLoops(root);
    return root;
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
