import type { ObjectShape, Shape, UnsetAnswer } from '../model/shape.js';
import type { Explosion } from './resource-types/entries.js';

/** What of a shape a table may say otherwise than the schema. */
export interface Amendment {
  readonly unset?: UnsetAnswer | undefined;
  readonly unanswered?: boolean | undefined;
  readonly replaces?: boolean | undefined;
}

/** The shape of an object in the making. */
export class ShapeDraft {
  private readonly fields = new Map<string, Shape | ShapeDraft>();
  /** What an object's own shape says besides its fields. */
  constructor(private readonly common: Omit<ObjectShape, 'kind' | 'fields'> = {}) {}

  put(path: readonly string[], shape: Shape): void {
    const [name, ...inner] = path;
    if (name === undefined) return;
    if (inner.length > 0) this.child(name)?.put(inner, shape);
    else this.fields.set(name, shape);
  }

  /** Puts a shape over what is there: of objects, and of lists of objects, the fields of both are kept. */
  merge(path: readonly string[], shape: Shape): void {
    const [name, ...inner] = path;
    if (name === undefined) return;
    if (inner.length > 0) {
      this.child(name)?.merge(inner, shape);
      return;
    }
    const present = this.fields.get(name);
    this.fields.set(
      name,
      present === undefined ? shape : mergeShapes(present instanceof ShapeDraft ? present.finish() : present, shape),
    );
  }

  /** What is there is required no longer: another language of the same says what is. */
  relax(path: readonly string[]): void {
    const present = this.shapeAt(path);
    if (present !== undefined) this.put(path, withoutRequired(present));
  }

  amend(path: readonly string[], amendment: Amendment): void {
    const [name, ...inner] = path;
    if (name === undefined) return;
    const present = this.fields.get(name);
    if (present === undefined) return;
    const shape = present instanceof ShapeDraft ? present.finish() : present;
    this.fields.set(name, amendShape(shape, inner, amendment));
  }

  shapeAt(path: readonly string[]): Shape | undefined {
    const [name, ...inner] = path;
    const present = name === undefined ? undefined : this.fields.get(name);
    if (present instanceof ShapeDraft) return inner.length === 0 ? present.finish() : present.shapeAt(inner);
    return inner.length === 0 ? present : undefined;
  }

  remove(name: string): void {
    this.fields.delete(name);
  }

  keep(names: readonly string[]): void {
    for (const name of [...this.fields.keys()]) if (!names.includes(name)) this.fields.delete(name);
  }

  /** The fields of one of the elements that an explosion makes. */
  explode({ from }: Explosion): void {
    for (const [name, to] of Object.entries(from)) {
      const present = this.fields.get(name);
      this.fields.delete(name);
      const target = typeof to === 'string' ? to : to.ownId;
      if (present !== undefined && !this.fields.has(target))
        this.fields.set(target, { kind: 'string', settable: true });
    }
  }

  /** The object at a path, made where nothing is. */
  at(path: readonly string[], common: Omit<ObjectShape, 'kind' | 'fields'> = {}): ShapeDraft | undefined {
    const [name, ...inner] = path;
    return name === undefined ? this : this.child(name, inner.length === 0 ? common : {})?.at(inner, common);
  }

  finish(): ObjectShape {
    const fields = new Map<string, Shape>();
    for (const [name, field] of this.fields) fields.set(name, field instanceof ShapeDraft ? field.finish() : field);
    return { kind: 'object', ...this.common, fields };
  }

  private child(name: string, common: Omit<ObjectShape, 'kind' | 'fields'> = {}): ShapeDraft | undefined {
    const present = this.fields.get(name);
    if (present instanceof ShapeDraft) return present;
    if (present !== undefined && present.kind !== 'object') return undefined;
    const made = new ShapeDraft(common);
    for (const [field, shape] of present?.fields ?? []) made.fields.set(field, shape);
    this.fields.set(name, made);
    return made;
  }
}

/** The shape with nothing in it required. */
export function withoutRequired(shape: Shape): Shape {
  const { required: _required, ...kept } = shape;
  switch (kept.kind) {
    case 'object':
      return { ...kept, fields: new Map([...kept.fields].map(([name, field]) => [name, withoutRequired(field)])) };
    case 'list':
    case 'set':
    case 'map':
      return { ...kept, element: withoutRequired(kept.element) };
    default:
      return kept;
  }
}

function mergeShapes(a: Shape, b: Shape): Shape {
  const merged = mergeInside(a, b);
  return a.required === true ? { ...merged, required: true } : merged;
}

function mergeInside(a: Shape, b: Shape): Shape {
  if (a.kind === 'object' && b.kind === 'object') {
    const fields = new Map(a.fields);
    for (const [name, shape] of b.fields) {
      const present = fields.get(name);
      fields.set(name, present === undefined ? shape : mergeShapes(present, shape));
    }
    return { ...b, fields };
  }
  if (a.kind === 'list' && b.kind === 'list') return { ...b, element: mergeShapes(a.element, b.element) };
  return b;
}

function amendShape(shape: Shape, path: readonly string[], amendment: Amendment): Shape {
  const [name, ...inner] = path;
  if (name === undefined) return { ...shape, ...amendment };
  if (shape.kind === 'list' || shape.kind === 'set')
    return { ...shape, element: amendShape(shape.element, path, amendment) };
  if (shape.kind !== 'object') return shape;
  const field = shape.fields.get(name);
  if (field === undefined) return shape;
  return { ...shape, fields: new Map(shape.fields).set(name, amendShape(field, inner, amendment)) };
}
