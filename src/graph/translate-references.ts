import type { RawResource } from '../model/raw-resource.js';
import { resourceKey } from '../model/resource.js';
import type { ObjectValue, Reference, Rest, UnknownValue, Value } from '../model/value.js';
import type { ProviderSchemas } from '../schemas/schema.js';
import { attributeOf, cloudFormationModels } from './cloudformation-model.js';

/**
 * Puts references of CloudFormation (`Ref`, names of `Fn::GetAtt`) into attributes of the normal form, by the tables of the
 * types that they refer to.
 */
export class ReferenceTranslator {
  private readonly types = new Map<string, string>();
  private readonly known = new Map<string, string>();

  constructor(
    resources: readonly RawResource[],
    private readonly schemas: ProviderSchemas,
  ) {
    for (const { language, root, address, type } of resources) {
      if (language === 'cloudformation') this.types.set(resourceKey(root, address), type);
    }
  }

  translateObject(object: ObjectValue): ObjectValue {
    let entries: Map<string, Value> | undefined;
    for (const [name, value] of object.entries) {
      const translated = this.translate(value);
      if (translated === value) continue;
      entries ??= new Map(object.entries);
      entries.set(name, translated);
    }
    const rest = this.translateRest(object.rest);
    const refersTo = this.translateAll(object.refersTo);
    if (entries === undefined && rest === object.rest && refersTo === object.refersTo) return object;
    return { ...object, entries: entries ?? object.entries, rest, refersTo };
  }

  private translate(value: Value): Value {
    switch (value.kind) {
      case 'object':
        return this.translateObject(value);
      case 'list': {
        const elements = this.translateElements(value.elements);
        const rest = this.translateRest(value.rest);
        const refersTo = this.translateAll(value.refersTo);
        return elements === value.elements && rest === value.rest && refersTo === value.refersTo
          ? value
          : { ...value, elements, rest, refersTo };
      }
      case 'unknown':
        return this.translateUnknown(value);
      case 'string': {
        const encoded = value.encoded === undefined ? undefined : this.translate(value.encoded);
        const refersTo = this.translateAll(value.refersTo);
        return encoded === value.encoded && refersTo === value.refersTo ? value : { ...value, encoded, refersTo };
      }
      default: {
        const refersTo = this.translateAll(value.refersTo);
        return refersTo === value.refersTo ? value : { ...value, refersTo };
      }
    }
  }

  private translateElements(elements: readonly Value[]): readonly Value[] {
    let translated: Value[] | undefined;
    for (const [index, element] of elements.entries()) {
      const changed = this.translate(element);
      if (changed === element) continue;
      translated ??= [...elements];
      translated[index] = changed;
    }
    return translated ?? elements;
  }

  private translateUnknown(value: UnknownValue): UnknownValue {
    const refersTo = this.translateAll(value.refersTo);
    const parts = value.parts?.map((part) => (typeof part === 'string' ? part : this.translateUnknown(part)));
    const alternatives = value.alternatives?.map((alternative) =>
      alternative.kind === 'absent' ? alternative : this.translate(alternative),
    );
    const encoded = value.encoded === undefined ? undefined : this.translate(value.encoded);
    const isSame =
      refersTo === value.refersTo &&
      encoded === value.encoded &&
      (parts?.every((part, index) => part === value.parts?.[index]) ?? true) &&
      (alternatives?.every((alternative, index) => alternative === value.alternatives?.[index]) ?? true);
    if (isSame) return value;
    return { ...value, refersTo, parts, alternatives, encoded, identity: this.translateIdentity(value) };
  }

  /** What is the same as the attribute that was read stays so under its name in normal form. */
  private translateIdentity({ identity, refersTo }: UnknownValue): string | undefined {
    if (identity === undefined) return undefined;
    for (const reference of refersTo ?? []) {
      const { root, address, attribute } = reference;
      if (identity === `${root}\0${address}.${attribute}`) {
        return `${root}\0${address}.${this.translateReference(reference).attribute}`;
      }
    }
    return identity;
  }

  private translateRest(rest: Rest | undefined): Rest | undefined {
    if (rest?.element === undefined) return rest;
    const element = this.translate(rest.element);
    return element === rest.element ? rest : { ...rest, element };
  }

  private translateAll(references: readonly Reference[] | undefined): readonly Reference[] | undefined {
    if (references === undefined || references.length === 0) return references;
    const translated = references.map((reference) => this.translateReference(reference));
    return translated.every((reference, index) => reference === references[index]) ? references : translated;
  }

  private translateReference(reference: Reference): Reference {
    const { root, address, attribute } = reference;
    const type = this.types.get(resourceKey(root, address));
    if (type === undefined || attribute === '') return reference;
    const name = `${type}\0${attribute}`;
    const known = this.known.get(name) ?? this.attributeOf(type, attribute);
    this.known.set(name, known);
    return { root, address, attribute: known };
  }

  private attributeOf(type: string, attribute: string): string {
    const [model] = cloudFormationModels(this.schemas, type);
    return model === undefined ? attribute : attributeOf(model, attribute);
  }
}
