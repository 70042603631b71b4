import { ANY } from '../../iam/index.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { type ActionGroup, namesOf } from './actions.js';
import { ANY_OF_NAME, charactersOf, DIGIT, ONE_OF_NAME, type Tokens } from './tokens.js';

/** The forms of the resources of an action. */
export interface Forms {
  /** Equal for equal forms. */
  readonly key: string;
  readonly patterns: readonly Tokens[];
}

const forms = new Map<string, Forms>();

/**
 * The forms of an action's resources, by the catalogue; undefined for an action that it does not know. Whether an action
 * of several resource types has some without a resource the catalogue does not say: `*` is among them always, but not here.
 */
export function formsOf(action: string): Forms | undefined {
  const colon = action.indexOf(':');
  const known = iamActions()
    .actionsOf(action.slice(0, colon))
    ?.get(action.slice(colon + 1));
  if (known === undefined) return undefined;
  const arns = [...new Set(known.resourceTypes.flatMap((type) => type.arns))].sort();
  const key = arns.join(' ');
  let made = forms.get(key);
  if (made === undefined) {
    made = { key, patterns: arns.length === 0 ? [NO_RESOURCE] : arns.flatMap(toForms) };
    forms.set(key, made);
  }
  return made;
}

const ofServices = new Map<string, readonly (readonly [action: string, forms: Forms | undefined])[]>();

/** Of some actions of a service one for each set of forms. */
export function formsOfGroup({ service, names }: ActionGroup): readonly (readonly [string, Forms | undefined])[] {
  const known = names === undefined ? ofServices.get(service) : undefined;
  if (known !== undefined) return known;
  const byForms = new Map<string, readonly [string, Forms | undefined]>();
  for (const name of names ?? namesOf(service)) {
    const action = `${service}:${name}`;
    const forms = formsOf(action);
    const key = forms?.key ?? '?';
    if (!byForms.has(key)) byForms.set(key, [action, forms]);
  }
  const found = [...byForms.values()];
  if (names === undefined) ofServices.set(service, found);
  return found;
}

const NO_RESOURCE: Tokens = charactersOf('*');

/** The resource of an action that is about none. */
export const WITHOUT_RESOURCE: Forms = { key: '*', patterns: [NO_RESOURCE] };

/** Names in ARNs that hold no slash. */
const NAMES = /^(Bucket|Table|Queue|Topic|Function|Instance|Key|Volume|Vpc|Subnet|SecurityGroup)(Name|Id)$/;

function toForms(arn: string): Tokens[] {
  const numbers = new Array<number>(12).fill(DIGIT);
  const plain = toForm(arn, numbers);
  // Policies of AWS's own.
  return /:iam:.*:policy\//.test(arn) ? [plain, toForm(arn, charactersOf('aws'))] : [plain];
}

function toForm(arn: string, account: Tokens): Tokens {
  const tokens: number[] = [];
  for (const [, text = '', variable] of arn.matchAll(/([^$]*)(?:\$\{([^}]*)\})?/g)) {
    for (const letter of charactersOf(text)) tokens.push(letter === 42 ? ANY : letter);
    if (variable === undefined) continue;
    if (variable === 'Account') tokens.push(...account);
    else if (variable === 'Partition' || variable === 'Region' || NAMES.test(variable))
      tokens.push(ONE_OF_NAME, ANY_OF_NAME);
    else tokens.push(ANY);
  }
  return tokens;
}
