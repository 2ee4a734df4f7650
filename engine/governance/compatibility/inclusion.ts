import type { Json } from '../../kernel/json.ts';
import type { Path } from '../../kernel/problem.ts';
import { canonicalJson } from '../canonical-json.ts';
import { branchFindings, casesOf } from './branch-rules.ts';
import type { Conjunct, Place } from './conjuncts.ts';
import { conjunctOf, partsOf, referredTo } from './conjuncts.ts';
import type { Comparison, Finding, Question } from './finding.ts';
import { find } from './finding.ts';
import { choicesOf, kindsOf } from './json-kinds.ts';
import { listFindings } from './list-rules.ts';
import { objectFindings } from './object-rules.ts';
import { fileFindings, numberFindings, textFindings } from './scalar-rules.ts';

interface Way {
  readonly comparison: Comparison;
  /** The questions that are being answered, by number: one that comes back is taken for answered. */
  readonly trail: ReadonlySet<string>;
  readonly splits: number;
}

/**
 * Tells why not all values that fit the places `from` fit `to`; an empty list means that they do. A
 * type by its name fits the type of the same name, which is compared by itself.
 */
export function inclusionFindings(
  comparison: Comparison,
  from: readonly Conjunct[],
  to: Place,
): readonly Finding[] {
  return askAll({ comparison, trail: new Set(), splits: 0 }, from, to, []);
}

function askAll(way: Way, from: readonly Conjunct[], to: Place, at: Path): readonly Finding[] {
  const against = conjunctOf(to);
  if (against === undefined || kindsOf(from).size === 0) return [];
  if (to.typeName !== undefined && from.some(({ typeName }) => typeName === to.typeName)) {
    return [];
  }
  const key = keyOf(from, against);
  if (way.trail.has(key)) return [];
  const next: Way = { ...way, trail: new Set(way.trail).add(key) };
  const referred = referredTo(against);
  return [
    ...askOne(next, from, against, at),
    ...[...partsOf(against), ...(referred === undefined ? [] : [referred])].flatMap((part) =>
      askAll(next, from, part, at),
    ),
  ];
}

function askOne(
  way: Way,
  from: readonly Conjunct[],
  against: Conjunct,
  at: Path,
): readonly Finding[] {
  const question: Question = {
    comparison: way.comparison,
    from,
    against,
    at,
    kinds: kindsOf(from),
    splits: way.splits,
    ask: (some, place, where) => askAll(way, some, place, where),
  };
  way.comparison.budget -= 1;
  if (way.comparison.budget < 0) return [find(question, 'too-complex', 'type')];
  const found = findingsOf(question);
  const cases = found.length === 0 ? undefined : casesOf(from, way.splits);
  if (cases === undefined) return found;
  const inCases = cases.flatMap((one) =>
    askOne({ ...way, splits: way.splits + 1 }, one, against, at),
  );
  return inCases.length === 0 ? [] : found;
}

function findingsOf(question: Question): readonly Finding[] {
  const values = valuesOf(question);
  if (values !== undefined) return choiceFindings(question, values);
  return [
    ...kindFindings(question),
    ...enumFindings(question),
    ...numberFindings(question),
    ...textFindings(question),
    ...fileFindings(question),
    ...listFindings(question),
    ...objectFindings(question),
    ...branchFindings(question),
  ];
}

function kindFindings(question: Question): readonly Finding[] {
  const { against, kinds } = question;
  const { type } = against.schema as { readonly type?: unknown };
  if (type === undefined) return [];
  const allowed = kindsOf([{ ...against, schema: { type } }]);
  return [...kinds].every((kind) => allowed.has(kind)) ? [] : [find(question, 'type', 'type')];
}

/** Of a list of choices, something else may be given. */
function enumFindings(question: Question): readonly Finding[] {
  if (choicesOf(question.against) === undefined) return [];
  return [find(question, 'enum', 'const' in question.against.schema ? 'const' : 'enum')];
}

/** All values that there are, where they can be counted. */
function valuesOf({ from, kinds, comparison }: Question): readonly Json[] | undefined {
  const lists = from.flatMap((one) => {
    const choices = choicesOf(one);
    return choices === undefined ? [] : [choices];
  });
  const isSmall = [...kinds].every((kind) => kind === 'null' || kind === 'boolean');
  const small = [null, true, false];
  const [values] = isSmall ? [small] : lists;
  return values?.filter((value) => from.every((one) => comparison.from.fits(one, value) !== false));
}

function choiceFindings(question: Question, values: readonly Json[]): readonly Finding[] {
  const { against, comparison } = question;
  const refused = values.filter((value) => comparison.to.fits(against, value) !== true);
  if (refused.length === 0) return [];
  const keyword = ['const', 'enum', 'type'].find((one) => one in against.schema) ?? 'type';
  const rule = keyword === 'type' ? 'type' : 'enum';
  const asked = refused.map(canonicalJson).join(', ');
  return [{ ...find(question, rule, keyword), asked }];
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

function keyOf(from: readonly Conjunct[], against: Conjunct): string {
  return [...from.map(({ schema }) => numberOf(schema)).sort(), '<', numberOf(against.schema)].join(
    ' ',
  );
}

function numberOf(schema: object): number {
  const known = numbers.get(schema);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(schema, lastNumber);
  return lastNumber;
}
