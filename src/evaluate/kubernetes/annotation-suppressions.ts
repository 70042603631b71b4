import type { AttachedComment } from '../../model/raw-resource.js';
import type { ObjectValue, Value } from '../../model/value.js';
import type { SourceRange } from '../../source/source-file.js';

const OURS = 'trueline.dev/ignore';
/** `checkov.io/skip1: CKV_K8S_20=reason`. */
const CHECKOV = /^checkov\.io\/skip\d+$/;

/** Annotations that suppress policies for their object, in the form in which comments say it. */
export function suppressionsIn(metadata: Value | undefined, target: SourceRange): AttachedComment[] {
  const annotations = metadata?.kind === 'object' ? metadata.entries.get('annotations') : undefined;
  return annotations?.kind === 'object' ? [...read(annotations, target)] : [];
}

function* read({ entries }: ObjectValue, target: SourceRange): Generator<AttachedComment> {
  for (const [name, value] of entries) {
    if (value.kind !== 'string' || value.origin === undefined) continue;
    const { file, start, end } = value.origin;
    if (name === OURS) {
      for (const line of value.value.split('\n')) {
        if (line.trim() !== '') yield { file, start, end, content: `trueline:ignore ${line.trim()}`, target };
      }
    } else if (CHECKOV.test(name)) {
      const [id = '', ...reason] = value.value.split('=');
      yield { file, start, end, content: `checkov:skip=${id.trim()}:${reason.join('=').trim()}`, target };
    }
  }
}
