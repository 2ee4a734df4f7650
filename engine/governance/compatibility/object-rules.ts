import { isPromisedAlike } from './alike.ts';
import type { Conjunct, Place } from './conjuncts.ts';
import { conjunctsOf } from './conjuncts.ts';
import {
  fieldPatterns,
  fieldPlaces,
  isUnevaluatedUnclear,
  mapAt,
  namedFields,
  patternPlaces,
  restPlaces,
} from './fields.ts';
import type { Finding, Question, Rule } from './finding.ts';
import { find, written } from './finding.ts';
import { kindsOf } from './json-kinds.ts';
import { samplesOfPattern } from './pattern-samples.ts';
import { unusedName } from './unused-name.ts';

/** Tells what a schema asks of objects that the other one does not promise. */
export function objectFindings(question: Question): readonly Finding[] {
  if (!question.kinds.has('object')) return [];
  return [
    ...requiredFindings(question),
    ...namedFindings(question),
    ...patternFindings(question),
    ...restFindings(question),
    ...countFindings(question),
    ...dependFindings(question),
    ...nameFindings(question),
  ];
}

/** The fields that every value has. */
export function requiredOf(from: readonly Conjunct[]): ReadonlySet<string> {
  return new Set(written(from, 'required').flat() as string[]);
}

function requiredFindings(question: Question): readonly Finding[] {
  const promised = requiredOf(question.from);
  return [...requiredOf([question.against])]
    .filter((name) => !promised.has(name))
    .map((name) => ({ ...find(question, 'required', 'required', [name]), asked: name }));
}

function namedFindings(question: Question): readonly Finding[] {
  const { from, against, at, ask } = question;
  const names = new Set([...from, against].flatMap(namedFields));
  return [...names].flatMap((name) =>
    fieldPlaces(against, name).flatMap((asked): readonly Finding[] => {
      const places = from.flatMap((one) => fieldPlaces(one, name));
      const found = ask(conjunctsOf(places), asked, [...at, name]);
      const [first] = found;
      if (first === undefined) return [];
      if (asked.schema === false) return [fieldFinding(question, 'field-removed', name, asked)];
      return places.length === 0 ? [fieldFinding(question, 'field-added', name, asked)] : found;
    }),
  );
}

function fieldFinding(question: Question, rule: Rule, name: string, { site }: Place): Finding {
  return { ...find(question, rule, 'properties', [name]), site, asked: name };
}

function patternFindings(question: Question): readonly Finding[] {
  const { from, against, at, ask } = question;
  const patterns = new Set([...from, against].flatMap(fieldPatterns));
  return [...patterns].flatMap((pattern) => {
    const isAsked = Object.hasOwn(mapAt(against.schema, 'patternProperties'), pattern);
    const asked = isAsked ? patternPlaces(against, pattern) : restPlaces(against);
    const places = conjunctsOf(from.flatMap((one) => patternPlaces(one, pattern)));
    const name = samplesOfPattern(pattern)[0] ?? pattern;
    return asked.flatMap((place) => ask(places, place, [...at, name]));
  });
}

function restFindings(question: Question): readonly Finding[] {
  const { from, against, at, ask } = question;
  const name = unusedName([...from, against]);
  const places = conjunctsOf(from.flatMap(restPlaces));
  const found = restPlaces(against).flatMap((asked) => {
    const inRest = ask(places, asked, [...at, name]);
    if (inRest.length === 0 || asked.schema !== false) return inRest;
    return [fieldFinding(question, 'closed', name, asked)];
  });
  return isUnevaluatedUnclear(against) ? [...unevaluatedFindings(question), ...found] : found;
}

const OBJECT_GROUP = [
  ...['unevaluatedProperties', 'properties', 'patternProperties', 'additionalProperties'],
  ...['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas', '$ref'],
];

function unevaluatedFindings(question: Question): readonly Finding[] {
  if (isPromisedAlike(question, OBJECT_GROUP)) return [];
  return [find(question, 'too-complex', 'unevaluatedProperties')];
}

function countFindings(question: Question): readonly Finding[] {
  const { from, against } = question;
  const { minProperties = 0, maxProperties = Infinity } = against.schema as Counts;
  const least = Math.max(requiredOf(from).size, ...written(from, 'minProperties').map(Number));
  const most = Math.min(mostFields(from), ...written(from, 'maxProperties').map(Number));
  return [
    ...(least < minProperties ? [find(question, 'field-count', 'minProperties')] : []),
    ...(most > maxProperties ? [find(question, 'field-count', 'maxProperties')] : []),
  ];
}

interface Counts {
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** Where no other field is taken: as many as are named. */
function mostFields(from: readonly Conjunct[]): number {
  return isClosed(from) ? new Set(from.flatMap(namedFields)).size : Infinity;
}

function isClosed(from: readonly Conjunct[]): boolean {
  if (from.some((one) => fieldPatterns(one).length > 0)) return false;
  return kindsOf(conjunctsOf(from.flatMap(restPlaces))).size === 0;
}

function dependFindings(question: Question): readonly Finding[] {
  const { from, against } = question;
  const promised = requiredOf(from);
  const lists = written(from, 'dependentRequired') as Readonly<Record<string, string[]>>[];
  const found: Finding[] = [];
  for (const [name, needed] of Object.entries(mapAt(against.schema, 'dependentRequired'))) {
    const always = new Set([...promised, ...lists.flatMap((list) => list[name] ?? [])]);
    if ((needed as string[]).every((one) => always.has(one)) || isForbidden(from, name)) continue;
    found.push(find(question, 'depends', 'dependentRequired', [name]));
  }
  if (
    'dependentSchemas' in against.schema &&
    !isPromisedAlike(question, ['dependentSchemas']) &&
    !Object.keys(mapAt(against.schema, 'dependentSchemas')).every((one) => isForbidden(from, one))
  ) {
    found.push(find(question, 'condition', 'dependentSchemas'));
  }
  return found;
}

function isForbidden(from: readonly Conjunct[], name: string): boolean {
  return kindsOf(conjunctsOf(from.flatMap((one) => fieldPlaces(one, name)))).size === 0;
}

function nameFindings(question: Question): readonly Finding[] {
  if (!('propertyNames' in question.against.schema)) return [];
  if (isPromisedAlike(question, ['propertyNames'])) return [];
  return [find(question, 'field-names', 'propertyNames')];
}
