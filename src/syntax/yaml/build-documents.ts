import type { YamlMapping, YamlNode, YamlScalar, YamlSequence } from './ast.js';
import type { EventRun } from './read-events.js';
import { type Anchor, type Frame, type Place, type ScalarText, TreeBuilder } from './tree-builder.js';

export interface YamlProblem extends Place {
  readonly code: 'limit-reached' | 'yaml-invalid-syntax';
  readonly message: string;
}

/** The documents of a stream; one with a problem is left out. */
export class DocumentBuilder extends TreeBuilder<YamlNode> {
  readonly documents: YamlNode[] = [];
  readonly problems: YamlProblem[] = [];
  private isBroken = false;
  private isLastKept = false;

  /** An error is in the last document that the run has, also where it stands behind it. */
  override read(run: EventRun): void {
    this.isLastKept = false;
    super.read(run);
    if (run.error !== undefined && this.isLastKept) this.documents.pop();
  }

  protected override document(root: YamlNode | undefined): void {
    this.isLastKept = root !== undefined && !this.isBroken;
    if (root !== undefined && !this.isBroken) this.documents.push(root);
    this.isBroken = false;
  }

  protected override scalar({ start, end, tag, style, text, isCutShort }: ScalarText): YamlScalar {
    return { kind: 'scalar', start, end, tag, style, text, isCutShort };
  }

  protected override alias(place: Place, name: string, anchor: Anchor<YamlNode> | undefined): YamlNode {
    if (anchor?.node !== undefined) return anchor.node;
    const isOpen = anchor !== undefined;
    const message = isOpen ? `"${name}" contains itself.` : `There is no anchor "${name}" before here.`;
    this.refuse('yaml-invalid-syntax', message, place);
    return this.beyondLimit(place);
  }

  protected override beyondLimit({ start }: Place): YamlNode {
    return { kind: 'scalar', start, end: start, tag: undefined, style: 'plain', text: '', isCutShort: false };
  }

  protected override sequence({ tag, children }: Frame<YamlNode>, { start, end }: Place): YamlSequence {
    return { kind: 'sequence', start, end, tag, items: children };
  }

  protected override mapping({ tag, children }: Frame<YamlNode>, { start, end }: Place): YamlMapping {
    const entries: { key: YamlNode; value: YamlNode }[] = [];
    for (let i = 0; i + 1 < children.length; i += 2) {
      const key = children[i];
      const value = children[i + 1];
      if (key !== undefined && value !== undefined) entries.push({ key, value });
    }
    return { kind: 'mapping', start, end, tag, entries };
  }

  protected override refuse(code: YamlProblem['code'], message: string, { start, end }: Place): void {
    if (!this.isBroken) this.problems.push({ code, message, start, end });
    this.isBroken = true;
  }
}
